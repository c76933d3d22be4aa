// Owns quantiles over the newest values of a measured quantity. Invariant: never more than `capacity` values, and none
// older than the window weighs.

import Synchronization

/// A ring of the newest values.
final class RecentValues: Sendable {
  private static let windowNanoseconds: UInt64 = 60_000_000_000

  private struct Ring {
    var values: [(value: Double, nanoseconds: UInt64)] = []
    var next = 0
  }
  private let ring = Mutex(Ring())
  private let capacity: Int

  init(capacity: Int = 4096) {
    self.capacity = capacity
  }

  /// Adds a value at `nanoseconds` on the monotonic clock; the oldest leaves when the ring is full.
  func add(_ value: Double, at nanoseconds: UInt64) {
    ring.withLock { ring in
      if ring.values.count < capacity {
        ring.values.append((value, nanoseconds))
      } else {
        ring.values[ring.next] = (value, nanoseconds)
        ring.next = (ring.next + 1) % capacity
      }
    }
  }

  /// The 50th and 99th percentile of the minute before `nanoseconds`; sorts a copy of at most `capacity` values.
  func percentiles(at nanoseconds: UInt64) -> Percentiles {
    let sorted = ring.withLock { $0.values }
      .filter { $0.nanoseconds + Self.windowNanoseconds >= nanoseconds }.map(\.value).sorted()
    guard !sorted.isEmpty else { return Percentiles() }
    func quantile(_ share: Double) -> Double {
      sorted[min(sorted.count - 1, Int((Double(sorted.count) * share).rounded(.up)) - 1)]
    }
    return Percentiles(p50: quantile(0.5), p99: quantile(0.99))
  }
}
