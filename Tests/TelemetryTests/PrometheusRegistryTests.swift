// Owns the promises of the registry: valid text, right sums, and a bound on series.

import Dispatch
import Metrics
import Telemetry
import Testing

@Suite struct PrometheusRegistryTests {
  /// The lines about one metric.
  private func lines(_ registry: PrometheusRegistry, of name: String) -> [String] {
    registry.text().split(separator: "\n").map(String.init)
      .filter { $0.contains(name) && !$0.contains("freshet_") }
  }

  @Test("A counter, a gauge and a histogram are written as the format asks")
  func exposition() {
    let registry = PrometheusRegistry()
    Counter(label: "hits", dimensions: [("path", "/a")], factory: registry).increment(by: 3)
    Meter(label: "depth", factory: registry).set(1.5)
    let timer = Metrics.Timer(label: "wait", factory: registry)
    timer.recordNanoseconds(100_000)
    timer.recordNanoseconds(100_001)
    timer.recordNanoseconds(60_000_000_000)

    #expect(
      lines(registry, of: "hits") == [
        "# HELP hits_total Counted by a library as hits.", "# TYPE hits_total counter", "hits_total{path=\"/a\"} 3",
      ])
    #expect(lines(registry, of: "depth").suffix(2) == ["# TYPE depth gauge", "depth 1.5"])
    let waits = lines(registry, of: "wait_seconds")
    #expect(waits.contains("# TYPE wait_seconds histogram"))
    #expect(waits.contains("wait_seconds_bucket{le=\"0.0001\"} 1"))
    #expect(waits.contains("wait_seconds_bucket{le=\"0.00025\"} 2"))
    #expect(waits.contains("wait_seconds_bucket{le=\"10\"} 2"))
    #expect(waits.contains("wait_seconds_bucket{le=\"+Inf\"} 3"))
    #expect(waits.contains("wait_seconds_sum 60.000200001"))
    #expect(waits.contains("wait_seconds_count 3"))
  }

  @Test("What libraries call things becomes valid names, and values are escaped")
  func escaping() {
    let registry = PrometheusRegistry()
    Gauge(
      label: "9.live data-é", dimensions: [("le", "x"), ("a b", "1"), ("a-b", "2"), ("__name__", "n\"o\\\n")],
      factory: registry
    ).record(2)
    #expect(
      lines(registry, of: "_9_live").last
        == "_9_live_data__{_name__=\"n\\\"o\\\\\\n\",a_b=\"1\",le_=\"x\"} 2")
  }

  @Test("Every line of a full registry is of the format's grammar")
  func grammar() throws {
    let registry = PrometheusRegistry()
    Counter(label: "weird \"label\"\n", dimensions: [("ключ", "значение}\n{")], factory: registry).increment()
    let name = "[a-zA-Z_:][a-zA-Z0-9_:]*"
    let label = "[a-zA-Z_][a-zA-Z0-9_]*=\"(\\\\[\\\\\"n]|[^\\\\\"\n])*\""
    let sample = try Regex("\(name)(\\{\(label)(,\(label))*\\})? (NaN|[+-]Inf|[0-9eE+.-]+)")
    let comment = try Regex("# (HELP \(name) [^\n]*|TYPE \(name) (counter|gauge|histogram))")
    let lines = registry.text().split(separator: "\n")
    #expect(lines.count > 100)
    for line in lines {
      let isLine = line.wholeMatch(of: sample) != nil || line.wholeMatch(of: comment) != nil
      #expect(isLine, "\(line)")
    }
  }

  @Test("The same name and labels are the same series, whatever the labels' order")
  func identity() {
    let registry = PrometheusRegistry()
    Counter(label: "c", dimensions: [("a", "1"), ("b", "2")], factory: registry).increment()
    Counter(label: "c_total", dimensions: [("b", "2"), ("a", "1")], factory: registry).increment()
    #expect(lines(registry, of: "c_total{") == ["c_total{a=\"1\",b=\"2\"} 2"])
  }

  @Test("Labels from outside cannot fill memory: what is too much is dropped and counted")
  func bound() {
    let own = PrometheusRegistry().text().split(separator: "\n").count
    // Freshet's metrics without labels count too, and are never dropped.
    let registry = PrometheusRegistry(seriesCountMax: 40)
    for number in 0..<1000 {
      Counter(label: "id", dimensions: [("id", "\(number)")], factory: registry).increment()
    }
    let kept = lines(registry, of: "id_total{").count
    #expect(kept > 0 && kept <= 40)
    #expect(registry.text().contains("freshet_metric_series_dropped_total \(1000 - kept)\n"))
    #expect(registry.text().split(separator: "\n").count == own + kept + 2)
  }

  @Test("A name that another kind of metric has, or that a histogram writes, is not written twice")
  func collisions() {
    let registry = PrometheusRegistry()
    Recorder(label: "size", aggregate: true, factory: registry).record(3)
    Meter(label: "size", factory: registry).set(1)
    Meter(label: "size_count", factory: registry).set(1)
    Metrics.Timer(label: "freshet_commit_duration", factory: registry).recordNanoseconds(1)
    #expect(lines(registry, of: "# TYPE size") == ["# TYPE size histogram"])
    #expect(lines(registry, of: "size_count") == ["size_count 1"])
    #expect(registry.text().contains("freshet_metric_series_dropped_total 2\n"))
  }

  @Test("A destroyed series is gone and makes room")
  func destroy() {
    let registry = PrometheusRegistry()
    let counter = Counter(label: "gone", factory: registry)
    counter.increment()
    counter.destroy()
    #expect(lines(registry, of: "gone_total") == [])
  }

  @Test("Updates from many threads are all counted")
  func concurrency() {
    let registry = PrometheusRegistry()
    let counter = Counter(label: "c", factory: registry)
    let timer = Metrics.Timer(label: "t", factory: registry)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<5000 {
        counter.increment()
        timer.recordNanoseconds(1_000_000)
      }
    }
    #expect(lines(registry, of: "c_total").last == "c_total 40000")
    #expect(lines(registry, of: "t_seconds_count") == ["t_seconds_count 40000"])
    #expect(lines(registry, of: "le=\"0.001\"") == ["t_seconds_bucket{le=\"0.001\"} 40000"])
  }

  @Test("Freshet's metrics without labels are there from the start, at zero")
  func zeros() {
    let text = PrometheusRegistry().text()
    for metric in FreshetMetric.allCases.map(\.declaration) where metric.labels.isEmpty {
      let sample = metric.kind == .histogram ? "\(metric.name)_count 0" : "\(metric.name) 0"
      #expect(text.contains("\n\(sample)\n"), "\(metric.name)")
    }
  }

  @Test("A counter never goes down, and what is no number changes nothing")
  func nonsense() {
    let registry = PrometheusRegistry()
    let counter = FloatingPointCounter(label: "c", factory: registry)
    counter.increment(by: 2)
    counter.increment(by: -1)
    counter.increment(by: Double.nan)
    Recorder(label: "r", aggregate: true, factory: registry).record(Double.nan)
    #expect(lines(registry, of: "c_total").last == "c_total 2")
    #expect(lines(registry, of: "r_count") == ["r_count 0"])
  }
}
