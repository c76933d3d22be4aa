// Owns a rate over the last few seconds. Invariant: counts outside the window do not weigh.

import Synchronization

/// Counts a second, averaged over a sliding window of whole seconds.
final class RateMeter: Sendable {
  private static let windowSeconds: UInt64 = 5
  private let buckets = Mutex([(second: UInt64, count: Int)]())

  /// Adds `count` at `monotonicNanoseconds`.
  func add(_ count: Int, at monotonicNanoseconds: UInt64) {
    let second = monotonicNanoseconds / 1_000_000_000
    buckets.withLock { buckets in
      if let last = buckets.last, last.second == second {
        buckets[buckets.count - 1].count += count
      } else {
        buckets.append((second, count))
      }
      buckets.removeAll { $0.second + Self.windowSeconds < second }
    }
  }

  /// The average over the window that ends at `monotonicNanoseconds`.
  func perSecond(at monotonicNanoseconds: UInt64) -> Double {
    let second = monotonicNanoseconds / 1_000_000_000
    return buckets.withLock { buckets in
      let inside = buckets.filter { $0.second + Self.windowSeconds >= second }
      // Another thread may have added at a later moment than the one that is asked for.
      guard let first = inside.map(\.second).min(), let last = inside.map(\.second).max() else { return 0 }
      let total = inside.reduce(0) { $0 + $1.count }
      return Double(total) / Double(max(second, last) - first + 1)
    }
  }
}
