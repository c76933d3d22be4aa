// Owns where reading begins on a partition that was never read. Invariant: a stored position always wins over it.

/// The start of a partition without a stored position.
public enum LogStart: Sendable, Hashable {
  /// At the oldest record.
  case earliest
  /// With the next record to be written.
  case latest
  /// At the first record that is not older than this.
  case time(EventTime)
}
