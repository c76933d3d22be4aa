// Owns every series of the process. Invariant: names and labels are valid and unique, and there is an upper bound on
// how many there are, whatever labels come from outside.

import Synchronization

/// Keeps metrics in memory and renders them as Prometheus text. The factory for swift-metrics, and the place of
/// Freshet's own metrics. From any thread.
///
/// Counters of libraries get the suffix `_total`, timers `_seconds`. A series too many, or a name that another kind
/// of metric has, gets a handler that nobody reads, and is counted in `freshet_metric_series_dropped_total`.
public final class PrometheusRegistry: Sendable {
  /// A name and its series.
  struct Family: Sendable {
    let kind: MetricKind
    let help: String
    var series: [SeriesKey: Instrument] = [:]
  }

  /// A series of any kind.
  enum Instrument: Sendable {
    case counter(CounterSeries)
    case gauge(GaugeSeries)
    case histogram(HistogramSeries)
  }

  /// One of Freshet's own metrics with label values.
  private struct OwnKey: Hashable {
    let metric: FreshetMetric
    let labelValues: [String]
  }

  private struct State {
    var families: [String: Family] = [:]
    /// Every name that stands in the text, and the family that writes it.
    var owners: [String: String] = [:]
    var seriesCount = 0
    /// Series of Freshet's own metrics with labels, found without making names anew.
    var own: [OwnKey: Instrument] = [:]
  }

  private let seriesCountMax: Int
  private let state = Mutex(State())
  private let dropped: CounterSeries
  /// Series of Freshet's own metrics without labels: there from the start, at zero, and found without a lock.
  private let own: [FreshetMetric: Instrument]

  /// An empty registry with Freshet's own metrics, for at most `seriesCountMax` series.
  public init(seriesCountMax: Int = 5000) {
    self.seriesCountMax = seriesCountMax
    dropped = CounterSeries(SeriesKey(name: FreshetMetric.seriesDropped.declaration.name, labels: []))
    var own: [FreshetMetric: Instrument] = [.seriesDropped: .counter(dropped)]
    for metric in FreshetMetric.allCases where metric.declaration.labels.isEmpty && metric != .seriesDropped {
      own[metric] = Instrument(metric.declaration, labels: [])
    }
    self.own = own
    state.withLock { state in
      for (metric, instrument) in own { _ = Self.insert(instrument, metric.declaration, into: &state, countMax: .max) }
    }
  }

  /// Every name and its series at this moment.
  var families: [String: Family] { state.withLock { $0.families } }

  /// Changes one of Freshet's own metrics.
  func apply(_ update: MetricUpdate) {
    switch (update, instrument(of: update)) {
    case (.add(_, let amount, _), .counter(let series)): series.increment(by: amount)
    case (.set(_, let value, _), .gauge(let series)): series.set(value)
    case (.observe(_, let values, _), .histogram(let series)): series.observe(values)
    default: assertionFailure("\(update.metric) is a \(update.metric.declaration.kind)")
    }
  }

  private func instrument(of update: MetricUpdate) -> Instrument {
    if let own = own[update.metric] { return own }
    let key = OwnKey(metric: update.metric, labelValues: update.labelValues)
    if let known = state.withLock({ $0.own[key] }) { return known }
    let declaration = update.metric.declaration
    let labels = PrometheusNames.labels(Array(zip(declaration.labels, update.labelValues)))
    let instrument = instrument(declaration, labels)
    state.withLock { state in
      // What was not kept must be looked for again: another series may have made room.
      if state.families[declaration.name]?.series[instrument.key] != nil { state.own[key] = instrument }
    }
    return instrument
  }

  /// The series of these labels, made where it is new; one that nobody reads where it cannot be kept.
  func instrument(_ declaration: MetricDeclaration, _ labels: [SeriesKey.Label]) -> Instrument {
    let key = SeriesKey(name: declaration.name, labels: labels)
    let kept = state.withLock { state -> Instrument? in
      if let family = state.families[declaration.name], family.kind == declaration.kind,
        let known = family.series[key]
      {
        return known
      }
      let instrument = Instrument(declaration, labels: labels)
      return Self.insert(instrument, declaration, into: &state, countMax: seriesCountMax) ? instrument : nil
    }
    if let kept { return kept }
    dropped.increment(by: 1.0)
    return Instrument(declaration, labels: labels)
  }

  /// Whether there was room for the series and no other family writes its names.
  private static func insert(
    _ instrument: Instrument, _ declaration: MetricDeclaration, into state: inout State, countMax: Int
  ) -> Bool {
    let name = declaration.name
    let written = declaration.kind == .histogram ? [name, name + "_bucket", name + "_sum", name + "_count"] : [name]
    let isFree = written.allSatisfy { state.owners[$0] == nil || state.owners[$0] == name }
    let family = state.families[name] ?? Family(kind: declaration.kind, help: declaration.help)
    guard isFree, family.kind == declaration.kind, state.seriesCount < countMax else { return false }
    for text in written { state.owners[text] = name }
    state.families[name] = family
    state.families[name]?.series[instrument.key] = instrument
    state.seriesCount += 1
    return true
  }

  /// Forgets a series.
  func remove(_ key: SeriesKey) {
    state.withLock { state in
      if state.families[key.name]?.series.removeValue(forKey: key) != nil { state.seriesCount -= 1 }
      state.own.removeAll()
    }
  }
}

extension PrometheusRegistry.Instrument {
  init(_ declaration: MetricDeclaration, labels: [SeriesKey.Label]) {
    let key = SeriesKey(name: declaration.name, labels: labels)
    switch declaration.kind {
    case .counter: self = .counter(CounterSeries(key))
    case .gauge: self = .gauge(GaugeSeries(key))
    case .histogram: self = .histogram(HistogramSeries(key, declaration.buckets ?? .latency))
    }
  }

  var key: SeriesKey {
    switch self {
    case .counter(let series): series.key
    case .gauge(let series): series.key
    case .histogram(let series): series.key
    }
  }
}
