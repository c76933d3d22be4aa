// Owns the one word that ends the engine's threads. Invariant: once given it stays given.

import Foundation

/// A flag that threads can wait for.
final class StopSignal: @unchecked Sendable {
  // SAFETY: `isGiven` is read and written only while `condition` is held.
  private let condition = NSCondition()
  private var isGiven = false

  /// Whether the signal was given.
  var isSet: Bool { condition.withLock { isGiven } }

  /// Gives the signal and wakes those who wait.
  func set() {
    condition.withLock {
      isGiven = true
      condition.broadcast()
    }
  }

  /// Waits until the signal is given, at most `seconds`; returns whether it is.
  func wait(seconds: Double) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      while !isGiven {
        if !condition.wait(until: deadline) { break }
      }
      return isGiven
    }
  }
}
