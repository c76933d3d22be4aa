// Owns the problems that the engine reports, and which status each of them is.

import Hummingbird
import IndexModel
import TierEngine

extension Problem {
  /// The answer to a refused or failed search, look-up or request.
  init(_ error: SearchError) {
    switch error {
    case .invalid(let field, let reason):
      self = .invalid(field: field, reason)
    case .wrongDimension:
      self.init(
        status: .badRequest, code: "wrong-dimension", title: "The vector has the wrong number of components",
        detail: error.description, field: "vector")
    case .wrongModel:
      self.init(
        status: .unprocessableContent, code: "wrong-model", title: "The vector was made by another model",
        detail: error.description, field: "model")
    case .modelMissing:
      self.init(
        status: .badRequest, code: "model-missing", title: "The vector's model is not named",
        detail: error.description, field: "model")
    case .noEncoder:
      self.init(
        status: .unprocessableContent, code: "no-encoder", title: "This index cannot embed texts",
        detail: error.description, field: "text")
    case .unknownItem(let id):
      self = .unknownItem(id, field: "like")
    case .encoding:
      self = .unavailable(code: "encoder-failed", error.description, retryAfterSeconds: 1)
    case .overloaded:
      self = .overloaded
    case .unavailable:
      self = .unavailable(code: "unavailable", error.description, retryAfterSeconds: 1)
    case .positionTimeout:
      self.init(
        status: .gatewayTimeout, code: "position-timeout", title: "The positions were not reached in time",
        detail: error.description)
    }
  }

  static func unknownItem(_ id: ItemID, field: String) -> Problem {
    Problem(
      status: .notFound, code: "unknown-item", title: "There is no such item",
      detail: "no item '\(id)'; it was never seen or is deleted", field: field)
  }

  static func notReady(_ reasons: [String]) -> Problem {
    var problem = unavailable(
      code: "not-ready", reasons.joined(separator: "; "), retryAfterSeconds: 1)
    problem.reasons = reasons
    return problem
  }

  static let overloaded = unavailable(
    code: "overloaded", "too many requests are running; try again", retryAfterSeconds: 1)

  static let stopping = unavailable(
    code: "stopping", "the service is shutting down; ask another one", retryAfterSeconds: 1)

  static let tooSlow = Problem(
    status: .gatewayTimeout, code: "too-slow", title: "The answer did not come in time",
    detail: "the request time limit passed; ask for less or try again")

  /// What went wrong stands in the log under the same reference.
  static func `internal`(reference: String) -> Problem {
    Problem(
      status: .internalServerError, code: "internal", title: "The service failed",
      detail: "this is a fault of the service; its log has the cause under the reference \(reference)")
  }

  private static func unavailable(code: String, _ detail: String, retryAfterSeconds: Int) -> Problem {
    Problem(
      status: .serviceUnavailable, code: code, title: "The service cannot answer now", detail: detail
    ).retryable(afterSeconds: retryAfterSeconds)
  }
}
