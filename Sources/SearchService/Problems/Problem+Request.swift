// Owns the problems of a request as it arrives: its target, method, body and fields.

import HTTPTypes
import Hummingbird

extension Problem {
  static func invalid(field: String, _ reason: String) -> Problem {
    Problem(
      status: .badRequest, code: "invalid-field", title: "A field has a value that is not accepted",
      detail: "\(field): \(reason)", field: field)
  }

  static func unknownField(_ name: String, suggestion: String?, known: [String]) -> Problem {
    let advice = suggestion.map { "did you mean '\($0)'?" } ?? "known are \(known.joined(separator: ", "))"
    return Problem(
      status: .badRequest, code: "unknown-field", title: "A field is not known",
      detail: "'\(name)' is not known; \(advice)", field: name)
  }

  static func unknownParameter(_ name: String, suggestion: String?, known: [String]) -> Problem {
    var advice = known.isEmpty ? "this route takes none" : "known are \(known.joined(separator: ", "))"
    if let suggestion { advice = "did you mean '\(suggestion)'?" }
    return Problem(
      status: .badRequest, code: "unknown-parameter", title: "A query parameter is not known",
      detail: "'\(name)' is not known; \(advice)", field: name)
  }

  static func notJSON(_ error: JSONSyntaxError) -> Problem {
    Problem(
      status: .badRequest, code: "not-json", title: "The body is not JSON",
      detail: "at byte \(error.offset): \(error.reason)")
  }

  static let targetMalformed = Problem(
    status: .badRequest, code: "malformed-target", title: "The request's target cannot be read",
    detail: "percent-encode the path and the query as UTF-8")

  static func unknownPath(_ path: String) -> Problem {
    Problem(
      status: .notFound, code: "unknown-path", title: "There is nothing at this path",
      detail: "no route for '\(path)'; docs/openapi.yaml lists all routes")
  }

  static func methodNotAllowed(_ method: String, allowed: [HTTPRequest.Method]) -> Problem {
    let list = allowed.map(\.rawValue).joined(separator: ", ")
    return Problem(
      status: .methodNotAllowed, code: "method-not-allowed", title: "The path does not take this method",
      detail: "\(method) is not taken here; use \(list)", headers: [.allow: list])
  }

  static func bodyTooLong(bytesMax: Int) -> Problem {
    Problem(
      status: .contentTooLarge, code: "body-too-long", title: "The body is too long",
      detail: "at most \(bytesMax) bytes are accepted")
  }

  static let bodyBroken = Problem(
    status: .badRequest, code: "broken-body", title: "The body did not come in whole",
    detail: "the connection ended or its framing is malformed; send the request again")

  static let bodyTooSlow = Problem(
    status: .requestTimeout, code: "body-too-slow", title: "The body did not arrive in time",
    detail: "send the whole body within the request time limit")

  static func mediaType(_ given: String?) -> Problem {
    Problem(
      status: .unsupportedMediaType, code: "unsupported-media-type", title: "The body's media type is not accepted",
      detail: "\(given.map { "'\($0)'" } ?? "no media type") was sent; send 'Content-Type: application/json'",
      field: "Content-Type", headers: [.accept: "application/json"])
  }

  static func contentCoding(_ given: String) -> Problem {
    Problem(
      status: .unsupportedMediaType, code: "unsupported-coding", title: "The body's coding is not accepted",
      detail: "'\(given)' was sent; send the body as it is", field: "Content-Encoding",
      headers: [.acceptEncoding: "identity"])
  }
}
