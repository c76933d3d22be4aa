// Owns what ingest has done since start, for status. Invariant: counters only rise.

import Synchronization

/// Written by the stages, read by status; no locks on the hot path.
final class IngestCounters: Sendable {
  let recordsRead = Atomic<UInt64>(0)
  let applied = Atomic<UInt64>(0)
  let stale = Atomic<UInt64>(0)
  let parked = Atomic<UInt64>(0)
  let embedded = Atomic<UInt64>(0)
  let isExhausted = Atomic<Bool>(false)
  let appliedRate = RateMeter()
  let lagMilliseconds = RecentValues()
  /// Time of the newest applied event, in milliseconds since 1970.
  let newestEventTime = Atomic<Int64>(0)
  private let pausedBecause = Mutex<String?>(nil)

  /// Why reading is paused, if it is.
  var pauseReason: String? { pausedBecause.withLock { $0 } }

  func setPaused(_ reason: String?) {
    pausedBecause.withLock { $0 = reason }
  }
}
