// Owns the text exposition format 0.0.4 (prometheus.io, "Exposition formats").

extension PrometheusRegistry {
  /// The value of the `Content-Type` header of `text()`.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Every metric as text, ordered by name and labels. Cost grows with the number of series; from any thread.
  public func text() -> String {
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) where !family.series.isEmpty {
      text += "# HELP \(name) \(Self.escaped(family.help, quotes: false))\n# TYPE \(name) \(family.kind.rawValue)\n"
      let ordered = family.series.sorted { left, right in
        left.key.labels.lexicographicallyPrecedes(right.key.labels) { ($0.name, $0.value) < ($1.name, $1.value) }
      }
      for (key, instrument) in ordered { text += Self.lines(key, instrument) }
    }
    return text
  }

  private static func lines(_ key: SeriesKey, _ instrument: Instrument) -> String {
    switch instrument {
    case .counter(let series): line(key.name, key.labels, series.value)
    case .gauge(let series): line(key.name, key.labels, series.value)
    case .histogram(let series): lines(key, series)
    }
  }

  /// Buckets count everything up to their bound, so that each one holds the ones before it.
  private static func lines(_ key: SeriesKey, _ series: HistogramSeries) -> String {
    let contents = series.snapshot
    var text = ""
    var total: UInt64 = 0
    for (bound, count) in zip(series.bounds + [.infinity], contents.counts) {
      total += count
      text += line(
        key.name + "_bucket", key.labels + [SeriesKey.Label(name: "le", value: number(bound))], Double(total))
    }
    text += line(key.name + "_sum", key.labels, contents.sum)
    text += line(key.name + "_count", key.labels, Double(total))
    return text
  }

  private static func line(_ name: String, _ labels: [SeriesKey.Label], _ value: Double) -> String {
    let pairs = labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
    return name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(number(value))\n"
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    // Past 2^53 a Double has no fraction to show, and `Int` may not hold it.
    if let whole = Int64(exactly: value), abs(value) < 9_007_199_254_740_992 { return String(whole) }
    return String(value)
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
