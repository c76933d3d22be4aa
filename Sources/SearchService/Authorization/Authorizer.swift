// Owns the decision whether a caller may do something. Invariant: the time that a comparison takes tells nothing about
// which key or how many of its bytes matched.

import Crypto
import Hummingbird

/// Checks `Authorization: Bearer KEY` (RFC 6750) against digests.
struct Authorizer: Sendable {
  let keys: [APIKey]

  /// Returns where the caller may do what needs `role`; throws a 401 or 403 problem otherwise. `nil` needs nothing.
  func authorize(_ headers: HTTPFields, for role: Role?) throws(Problem) {
    guard let role, !keys.isEmpty else { return }
    guard let header = headers[.authorization] else { throw Problem.keyMissing }
    guard let key = Self.bearerToken(header) else { throw Problem.keyMalformed }
    guard let granted = self.role(of: key) else { throw Problem.keyUnknown }
    guard granted.includes(role) else { throw Problem.roleMissing(role) }
  }

  /// The role of the key with this text. Every key is compared, and every byte of it.
  private func role(of text: Substring) -> Role? {
    let presented = SHA256.hash(data: Array(text.utf8))
    var granted: Role?
    for key in keys {
      var difference: UInt8 = 0
      for (left, right) in zip(presented, key.digest) { difference |= left ^ right }
      if difference == 0, granted?.includes(key.role) != true { granted = key.role }
    }
    return granted
  }

  private static func bearerToken(_ header: String) -> Substring? {
    let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty || token.contains(" ") ? nil : token
  }
}
