// Owns quantiles over the newest values of a measured quantity. Invariant: never more than `capacity` values.

import Synchronization

/// A ring of the newest values.
final class RecentValues: Sendable {
  private struct Ring {
    var values: [Double] = []
    var next = 0
  }
  private let ring = Mutex(Ring())
  private let capacity: Int

  init(capacity: Int = 4096) {
    self.capacity = capacity
  }

  /// Adds a value; the oldest leaves when the ring is full.
  func add(_ value: Double) {
    ring.withLock { ring in
      if ring.values.count < capacity {
        ring.values.append(value)
      } else {
        ring.values[ring.next] = value
        ring.next = (ring.next + 1) % capacity
      }
    }
  }

  /// The 50th and 99th percentile; sorts a copy of at most `capacity` values.
  var percentiles: Percentiles {
    let sorted = ring.withLock { $0.values }.sorted()
    guard !sorted.isEmpty else { return Percentiles() }
    func quantile(_ share: Double) -> Double {
      sorted[min(sorted.count - 1, Int((Double(sorted.count) * share).rounded(.up)) - 1)]
    }
    return Percentiles(p50: quantile(0.5), p99: quantile(0.99))
  }
}
