// Owns what is declared about a metric.

/// The kind of a metric, in Prometheus' words.
public enum MetricKind: String, Sendable, Hashable {
  /// Only goes up.
  case counter
  /// Goes up and down.
  case gauge
  /// Counts values by size.
  case histogram
}

/// Upper bounds of a histogram's buckets, ascending; a last bucket without bound is always there.
public struct HistogramBuckets: Sendable, Hashable {
  /// The bounds.
  public let bounds: [Double]

  /// Sorts the bounds and drops doubles and what is not finite.
  public init(_ bounds: [Double]) {
    self.bounds = Set(bounds.filter(\.isFinite)).sorted()
  }

  /// Durations of requests and transactions in seconds: 100 µs to 10 s.
  public static let latency = HistogramBuckets([
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ])
  /// Lags in seconds: 1 ms to one hour.
  public static let lag = HistogramBuckets([
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600,
  ])
  /// Durations of background work in seconds: 100 ms to two hours.
  public static let work = HistogramBuckets([0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200])
  /// Counts: 1 to 100,000.
  public static let count = HistogramBuckets([
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000,
  ])
}

/// What is declared about a metric.
public struct MetricDeclaration: Sendable, Hashable {
  /// Its name: `freshet_`, what it measures, its base unit, and `_total` where it only goes up.
  public var name: String
  /// Its kind.
  public var kind: MetricKind
  /// What it tells, in a sentence.
  public var help: String
  /// The names of its labels.
  public var labels: [String]
  /// A histogram's buckets.
  public var buckets: HistogramBuckets?

  static func counter(_ name: String, labels: [String] = [], _ help: String) -> MetricDeclaration {
    MetricDeclaration(name: name, kind: .counter, help: help, labels: labels)
  }

  static func gauge(_ name: String, labels: [String] = [], _ help: String) -> MetricDeclaration {
    MetricDeclaration(name: name, kind: .gauge, help: help, labels: labels)
  }

  static func histogram(
    _ name: String, _ buckets: HistogramBuckets, labels: [String] = [], _ help: String
  ) -> MetricDeclaration {
    MetricDeclaration(name: name, kind: .histogram, help: help, labels: labels, buckets: buckets)
  }
}
