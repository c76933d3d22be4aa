// Owns what swift-metrics asks of the registry, for the metrics of libraries.

import Metrics

extension PrometheusRegistry: MetricsFactory {
  /// A counter named `label` + `_total`.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    counter(label, dimensions)
  }

  /// A counter of fractions named `label` + `_total`.
  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    counter(label, dimensions)
  }

  /// A gauge.
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    gauge(label, dimensions)
  }

  /// A histogram, or a gauge where only the last value counts.
  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    aggregate ? histogram(label, dimensions, suffix: "", .count) : gauge(label, dimensions)
  }

  /// A histogram in seconds named `label` + `_seconds`.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(label, dimensions, suffix: "_seconds", .latency)
  }

  /// Forgets the series.
  public func destroyCounter(_ handler: any CounterHandler) {
    if let series = handler as? CounterSeries { remove(series.key) }
  }

  /// Forgets the series.
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
    if let series = handler as? CounterSeries { remove(series.key) }
  }

  /// Forgets the series.
  public func destroyMeter(_ handler: any MeterHandler) {
    if let series = handler as? GaugeSeries { remove(series.key) }
  }

  /// Forgets the series.
  public func destroyRecorder(_ handler: any RecorderHandler) {
    if let series = handler as? GaugeSeries { remove(series.key) }
    if let series = handler as? HistogramSeries { remove(series.key) }
  }

  /// Forgets the series.
  public func destroyTimer(_ handler: any TimerHandler) {
    if let series = handler as? HistogramSeries { remove(series.key) }
  }

  private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
    let name = PrometheusNames.metric(label, suffix: "_total")
    let declaration = MetricDeclaration(
      name: name, kind: .counter, help: "Counted by a library as \(label).", labels: [])
    guard case .counter(let series) = instrument(declaration, PrometheusNames.labels(dimensions)) else {
      return CounterSeries(SeriesKey(name: name, labels: []))
    }
    return series
  }

  private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
    let name = PrometheusNames.metric(label)
    let declaration = MetricDeclaration(
      name: name, kind: .gauge, help: "Measured by a library as \(label).", labels: [])
    guard case .gauge(let series) = instrument(declaration, PrometheusNames.labels(dimensions)) else {
      return GaugeSeries(SeriesKey(name: name, labels: []))
    }
    return series
  }

  private func histogram(
    _ label: String, _ dimensions: [(String, String)], suffix: String, _ buckets: HistogramBuckets
  ) -> HistogramSeries {
    let name = PrometheusNames.metric(label, suffix: suffix)
    let declaration = MetricDeclaration(
      name: name, kind: .histogram, help: "Measured by a library as \(label).", labels: [], buckets: buckets)
    guard case .histogram(let series) = instrument(declaration, PrometheusNames.labels(dimensions)) else {
      return HistogramSeries(SeriesKey(name: name, labels: []), buckets)
    }
    return series
  }
}
