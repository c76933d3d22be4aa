// Owns the hand-over between two stages of ingest. Invariant: it holds at most `countMax` elements and, but for one
// element that is larger alone, `bytesMax` bytes; a producer that does not wait is told so and must hold back.

import DequeModule
import Foundation

/// A blocking first-in-first-out queue between two threads.
final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  // SAFETY: every stored property below is read and written only while `condition` is held.
  private let condition = NSCondition()
  private var elements: Deque<(element: Element, bytes: Int)> = []
  private var bytes = 0
  private var isClosed = false
  private let countMax: Int
  private let bytesMax: Int

  init(countMax: Int, bytesMax: Int) {
    self.countMax = countMax
    self.bytesMax = bytesMax
  }

  /// Elements waiting.
  var count: Int { condition.withLock { elements.count } }

  /// How full the queue is, 0...1 and beyond: the fuller of count and bytes.
  var fill: Double {
    condition.withLock { max(Double(elements.count) / Double(countMax), Double(bytes) / Double(bytesMax)) }
  }

  /// Appends at once, beyond the bounds if need be: for a producer that must not wait and that holds back by `fill`.
  /// Returns whether the queue was open.
  @discardableResult
  func append(_ element: Element, bytes elementBytes: Int) -> Bool {
    condition.withLock {
      guard !isClosed else { return false }
      elements.append((element, elementBytes))
      bytes += elementBytes
      condition.broadcast()
      return true
    }
  }

  /// Waits for room, then appends. Returns whether the queue was open.
  func appendWaiting(_ element: Element, bytes elementBytes: Int) -> Bool {
    condition.withLock {
      while !isClosed, elements.count >= countMax || (bytes > 0 && bytes + elementBytes > bytesMax) {
        condition.wait()
      }
      guard !isClosed else { return false }
      elements.append((element, elementBytes))
      bytes += elementBytes
      condition.broadcast()
      return true
    }
  }

  /// Waits for an element, then takes all that wait, at most `countMax`. Empty once the queue is closed and drained.
  func takeWaiting(countMax: Int) -> [Element] {
    condition.withLock {
      while elements.isEmpty, !isClosed { condition.wait() }
      var taken: [Element] = []
      taken.reserveCapacity(min(countMax, elements.count))
      while taken.count < countMax, let first = elements.popFirst() {
        bytes -= first.bytes
        taken.append(first.element)
      }
      condition.broadcast()
      return taken
    }
  }

  /// Lets nothing more in. What waits can still be taken.
  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  /// Lets nothing more in and forgets what waits.
  func closeAndClear() {
    condition.withLock {
      isClosed = true
      elements.removeAll()
      bytes = 0
      condition.broadcast()
    }
  }
}
