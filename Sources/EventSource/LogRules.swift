// Owns the two decisions that every source takes about places in its log. Invariant: nothing is skipped silently;
// each jump is one of these rules, chosen by the topology.

import IndexModel

/// Where reading begins on a partition that has no stored position.
public enum StartRule: Sendable, Hashable {
  /// At the oldest record.
  case earliest
  /// At the log's end: only what arrives from now on.
  case latest
  /// At the first record written at or after the time. A JSON-lines file knows no times and refuses this.
  case since(EventTime)
}

/// What to do when the stored position is past the log's end or before its start.
public enum LostPositionRule: String, Sendable, Hashable, CaseIterable {
  /// Refuse to read on, with `EventSourceError.Code.positionLost`.
  case stop
  /// Read again from the oldest record.
  case earliest
  /// Go on at the log's end.
  case latest
}
