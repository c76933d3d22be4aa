// Owns the values behind one series. Invariant: updates from any thread are counted once; a reader sees a consistent
// histogram.

import Metrics
import Synchronization

/// Name and labels: what makes a series this one.
struct SeriesKey: Hashable, Sendable {
  struct Label: Hashable, Sendable {
    let name: String
    let value: String
  }

  let name: String
  /// In the order of their names.
  let labels: [Label]
}

/// A value that only goes up, unless it is reset.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler, Sendable {
  let key: SeriesKey
  private let total = Mutex(0.0)

  init(_ key: SeriesKey) {
    self.key = key
  }

  var value: Double { total.withLock { $0 } }

  func increment(by amount: Double) {
    guard amount > 0, amount.isFinite else { return }
    total.withLock { $0 += amount }
  }

  func increment(by amount: Int64) { increment(by: Double(amount)) }

  func reset() { total.withLock { $0 = 0 } }
}

/// A value that goes up and down.
final class GaugeSeries: RecorderHandler, MeterHandler, Sendable {
  let key: SeriesKey
  private let current = Mutex(0.0)

  init(_ key: SeriesKey) {
    self.key = key
  }

  var value: Double { current.withLock { $0 } }

  func set(_ value: Double) { current.withLock { $0 = value } }
  func set(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func record(_ value: Int64) { set(Double(value)) }
  func increment(by amount: Double) { current.withLock { $0 += amount } }
  func decrement(by amount: Double) { increment(by: -amount) }
}

/// Values counted by size.
final class HistogramSeries: RecorderHandler, TimerHandler, Sendable {
  struct Contents {
    /// One a bound, and one for what is larger than every bound.
    var counts: [UInt64]
    var sum = 0.0
  }

  let key: SeriesKey
  let bounds: [Double]
  private let contents: Mutex<Contents>

  init(_ key: SeriesKey, _ buckets: HistogramBuckets) {
    self.key = key
    bounds = buckets.bounds
    contents = Mutex(Contents(counts: Array(repeating: 0, count: buckets.bounds.count + 1)))
  }

  var snapshot: Contents { contents.withLock { $0 } }

  /// Counts values under one lock; what is not a number is left out.
  func observe(_ values: [Double]) {
    contents.withLock { contents in
      for value in values where !value.isNaN {
        contents.counts[bucket(of: value)] += 1
        contents.sum += value
      }
    }
  }

  func record(_ value: Double) { observe([value]) }
  func record(_ value: Int64) { observe([Double(value)]) }
  func recordNanoseconds(_ duration: Int64) { observe([Double(duration) / 1e9]) }

  /// The first bucket whose bound is not below `value`.
  private func bucket(of value: Double) -> Int {
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
