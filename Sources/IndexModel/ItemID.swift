// Owns the identity of an item. Invariant: an id is 1...480 bytes of UTF-8, so that it fits an LMDB key with room
// for a prefix.

/// The catalogue's own name for an item.
public struct ItemID: Hashable, Sendable, CustomStringConvertible {
  /// The longest id accepted, in bytes of UTF-8 (LMDB's key limit is 511).
  public static let byteCountMax = 480

  /// The id's text.
  public let rawValue: String

  /// Accepts `rawValue` if it is 1...`byteCountMax` bytes long; otherwise returns `nil`.
  public init?(_ rawValue: String) {
    let byteCount = rawValue.utf8.count
    guard byteCount > 0, byteCount <= Self.byteCountMax else { return nil }
    self.rawValue = rawValue
  }

  /// The id's text.
  public var description: String { rawValue }
}

extension ItemID: Comparable {
  /// Orders by bytes of UTF-8, the order of LMDB's keys and of ties between equal scores.
  public static func < (left: ItemID, right: ItemID) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}
