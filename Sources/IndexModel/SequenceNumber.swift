// Owns the number that the store gives each applied mutation. Invariant: strictly increasing, never reused.
// (`SequenceNumber`, because a type named `Sequence` would hide Swift's protocol in every room.)

/// The place of a mutation in the order in which the store applied it. 0 stands before the first one.
public struct SequenceNumber: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number itself.
  public let rawValue: UInt64

  /// Wraps a number read from a store or a segment.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Before every mutation.
  public static let zero = SequenceNumber(rawValue: 0)

  /// The number after this one.
  public var next: SequenceNumber { SequenceNumber(rawValue: rawValue + 1) }

  /// The number in decimal.
  public var description: String { String(rawValue) }

  /// Earlier mutations come first.
  public static func < (left: SequenceNumber, right: SequenceNumber) -> Bool { left.rawValue < right.rawValue }
}
