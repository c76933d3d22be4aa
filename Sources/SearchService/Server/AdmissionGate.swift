// Owns the bound on requests that run at once. Invariant: running ≤ limit; each admitted request leaves exactly once.

import Synchronization

/// Counts running requests.
final class AdmissionGate: Sendable {
  private let limit: Int
  private let running = Atomic<Int>(0)

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes a place; `false` where none is free. Whoever got one calls `leave` when the work has ended, not when its
  /// caller has stopped waiting.
  func enter() -> Bool {
    let (_, now) = running.add(1, ordering: .relaxed)
    if now <= limit { return true }
    running.subtract(1, ordering: .relaxed)
    return false
  }

  /// Gives the place back.
  func leave() {
    running.subtract(1, ordering: .relaxed)
  }
}
