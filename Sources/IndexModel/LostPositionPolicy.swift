// Owns the decision about a place that its log no longer has. Invariant: nothing is skipped silently; each jump follows
// this policy, chosen by the topology, and is reported.

/// What to do when the stored position is past the log's end or before its start.
public enum LostPositionPolicy: String, Sendable, Hashable, CaseIterable {
  /// Refuse to read on, with an error that names both.
  case stop
  /// Read again from the oldest record.
  case earliest
  /// Go on at the log's end.
  case latest
}
