// Owns what the service knows of a key: its digest and its role. Invariant: the key itself is never stored, and neither
// it nor its digest appears in a description.

/// What a caller may do.
public enum Role: String, Sendable, Hashable, CaseIterable {
  /// Searches, look-ups, status and metrics.
  case search
  /// All that, and the admin routes and dead letters.
  case admin

  /// Whether this role may do what needs `other`.
  public func includes(_ other: Role) -> Bool { self == other || self == .admin }
}

/// A key that the service accepts, as the SHA-256 digest of its text.
public struct APIKey: Sendable, CustomStringConvertible {
  /// What its holder may do.
  public let role: Role
  /// 32 bytes.
  let digest: [UInt8]

  /// Reads 64 hexadecimal digits, as `printf %s "$KEY" | sha256sum` prints them; `nil` where the text is not that.
  public init?(sha256 hexadecimal: String, role: Role) {
    let digits = Array(hexadecimal.utf8)
    guard digits.count == 64 else { return nil }
    var digest: [UInt8] = []
    digest.reserveCapacity(32)
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = Self.value(of: digits[index]), let low = Self.value(of: digits[index + 1]) else { return nil }
      digest.append(high << 4 | low)
    }
    self.digest = digest
    self.role = role
  }

  /// The role alone.
  public var description: String { "key for \(role.rawValue)" }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
