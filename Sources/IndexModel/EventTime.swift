// Owns wall-clock instants as events and hits carry them. Invariant: milliseconds since 1970 UTC, nothing finer.

/// An instant on the wall clock.
public struct EventTime: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let millisecondsSince1970: Int64

  /// Wraps a timestamp as Kafka gives it.
  public init(millisecondsSince1970: Int64) {
    self.millisecondsSince1970 = millisecondsSince1970
  }

  /// Earlier first.
  public static func < (left: EventTime, right: EventTime) -> Bool {
    left.millisecondsSince1970 < right.millisecondsSince1970
  }
}
