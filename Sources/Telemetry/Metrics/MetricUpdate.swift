// Owns one change of a declared metric.

/// One change of a declared metric. Label values stand in the order of the metric's label names.
public enum MetricUpdate: Sendable, Hashable {
  /// A counter goes up; negative amounts are ignored.
  case add(FreshetMetric, Double, [String] = [])
  /// A gauge takes a value.
  case set(FreshetMetric, Double, [String] = [])
  /// A histogram takes values.
  case observe(FreshetMetric, [Double], [String] = [])

  /// The metric that changes.
  public var metric: FreshetMetric {
    switch self {
    case .add(let metric, _, _), .set(let metric, _, _), .observe(let metric, _, _): metric
    }
  }

  /// The values of the metric's labels.
  public var labelValues: [String] {
    switch self {
    case .add(_, _, let values), .set(_, _, let values), .observe(_, _, let values): values
    }
  }
}
