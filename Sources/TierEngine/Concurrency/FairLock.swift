// Owns turns among the threads that change the tiers: ingest, which asks again at once, and promotion, which asks
// seldom and must not starve. Invariant: turns are given in the order in which they were asked for.

import Foundation

/// A ticket lock.
final class FairLock: @unchecked Sendable {
  // SAFETY: both counters are read and written only while `condition` is held.
  private let condition = NSCondition()
  private var nextTicket: UInt64 = 0
  private var served: UInt64 = 0

  /// Runs `body` when its turn has come.
  func withLock<Result: ~Copyable>(_ body: () throws -> Result) rethrows -> Result {
    lock()
    defer { unlock() }
    return try body()
  }

  /// Waits for a turn.
  func lock() {
    condition.withLock {
      let ticket = nextTicket
      nextTicket += 1
      while served != ticket { condition.wait() }
    }
  }

  /// Gives the turn on.
  func unlock() {
    condition.withLock {
      served += 1
      condition.broadcast()
    }
  }
}
