// Owns the wait of ingest for room in the fresh tier. Invariant: nothing is dropped for want of room.

import Foundation

/// Knows how many rows the fresh tier holds and wakes whoever waits for fewer.
final class RoomGate: @unchecked Sendable {
  // SAFETY: `rows` is read and written only while `condition` is held.
  private let condition = NSCondition()
  private var rows = 0

  /// Tells the number of rows.
  func update(rows: Int) {
    condition.withLock {
      self.rows = rows
      condition.broadcast()
    }
  }

  /// Whether fewer than `capacity` rows are held.
  func hasRoom(_ capacity: Int) -> Bool { condition.withLock { rows < capacity } }

  /// Waits for room, at most `seconds`; returns whether there is room.
  func wait(capacity: Int, seconds: Double) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      while rows >= capacity {
        if !condition.wait(until: deadline) { break }
      }
      return rows < capacity
    }
  }
}
