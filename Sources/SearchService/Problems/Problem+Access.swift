// Owns the problems of a caller without the right key. Invariant: none of them repeats what was presented.

import HTTPTypes
import Hummingbird

extension Problem {
  static let keyMissing = unauthorized("send 'Authorization: Bearer' and an API key", challenge: "")
  static let keyMalformed = unauthorized(
    "the Authorization header is not 'Bearer' and one key", challenge: ", error=\"invalid_request\"")
  static let keyUnknown = unauthorized("the API key is not accepted", challenge: ", error=\"invalid_token\"")

  static func roleMissing(_ role: Role) -> Problem {
    Problem(
      status: .forbidden, code: "role-missing", title: "The API key may not do this",
      detail: "this route needs a key with the role '\(role.rawValue)'", field: "Authorization",
      headers: [.wwwAuthenticate: "Bearer realm=\"freshet\", error=\"insufficient_scope\""])
  }

  private static func unauthorized(_ detail: String, challenge: String) -> Problem {
    Problem(
      status: .unauthorized, code: "unauthorized", title: "An API key is needed", detail: detail,
      field: "Authorization", headers: [.wwwAuthenticate: "Bearer realm=\"freshet\"" + challenge])
  }
}
