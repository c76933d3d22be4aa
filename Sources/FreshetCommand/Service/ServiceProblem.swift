// Owns the reading of an error answer (RFC 9457) and which exit status it is.

import Foundation

/// What the service said instead of an answer.
struct ServiceProblem: Equatable {
  private struct Document: Decodable {
    var type: String
    var detail: String
    var reasons: [String]?
  }

  let status: Int
  /// The word after `urn:problem-type:freshet:`; `nil` where something else answered.
  let code: String?
  let detail: String

  init(status: Int, body: Data) {
    self.status = status
    let document = try? JSONDecoder().decode(Document.self, from: body)
    let prefix = "urn:problem-type:freshet:"
    code = document.flatMap { $0.type.hasPrefix(prefix) ? String($0.type.dropFirst(prefix.count)) : nil }
    detail = document?.detail ?? "status \(status) without an explanation"
  }

  /// What the command ends with.
  func failure(from address: String) -> CommandFailure {
    switch status {
    case 401 where code != nil:
      CommandFailure(.denied, "\(detail); the key is taken from \(ServiceOptions.keyVariable)")
    case 401, 403: CommandFailure(.denied, detail)
    case 404 where code == "unknown-item": CommandFailure(.notFound, detail)
    case 408, 429, 503, 504: CommandFailure(.unavailable, detail)
    case 400..<500 where code != nil && code != "unknown-path": CommandFailure(.refused, detail)
    default: CommandFailure(.failed, "\(address): \(detail)")
    }
  }
}
