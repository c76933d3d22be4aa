// Owns the named places at which a crash test may end the process.

/// A place in the way of an event or of a rebuild at which a crash must lose nothing.
public enum Failpoint: String, Sendable, CaseIterable {
  /// All changes are in the transaction, which is not committed.
  case beforeCommit = "before-commit"
  /// Committed, not yet visible to searches.
  case afterCommitBeforePublish = "after-commit-before-publish"
  /// A part of the segment's bytes is written.
  case midSegmentWrite = "mid-segment-write"
  /// The segment has its final name, no record names it.
  case betweenRenameAndRecord = "between-rename-and-record"
}

/// Called at each failpoint; does nothing outside crash tests.
public typealias FailpointHandler = @Sendable (Failpoint) -> Void
