// Owns the pace of announced positions. Invariant: at most one commit is on its way, and the newest announcement is
// never forgotten.

import KafkaClient

/// A value whose methods say what to commit, outside the lock.
///
///     idle ──announce──▶ committing ──ended──▶ idle
///                         │      ▲
///                         └──────┘ announce keeps the newest; ended sends it
struct CommitPacer {
  private var isCommitting = false
  private var waiting: [KafkaPartition: Int64] = [:]

  /// Whether nothing is on its way.
  var isIdle: Bool { !isCommitting }

  /// New positions: returns what to commit now.
  mutating func announce(_ offsets: [KafkaPartition: Int64]) -> [KafkaPartition: Int64]? {
    waiting.merge(offsets) { _, newest in newest }
    return next()
  }

  /// The commit on its way succeeded or failed: returns what to commit now.
  mutating func ended() -> [KafkaPartition: Int64]? {
    isCommitting = false
    return next()
  }

  private mutating func next() -> [KafkaPartition: Int64]? {
    guard !isCommitting, !waiting.isEmpty else { return nil }
    isCommitting = true
    defer { waiting = [:] }
    return waiting
  }
}
