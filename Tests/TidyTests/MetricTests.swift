// Owns the promise that the alert rules in deploy/ watch what the program reports.

import Testing

@Suite("Metrics")
struct MetricTests {
  @Test("every metric in the alert rules is reported by the program")
  func alerts() throws {
    let repository = try Repository.checkedOut.get()
    let sources = repository.files.filter { $0.isSwift && $0.path.hasPrefix("Sources/") }
    let alerts = try repository.file("deploy/prometheus/alerts.yaml")
    #expect(MetricRule.violations(in: alerts, sources: sources) == [])
  }

  @Test("a planted metric that nothing reports is found")
  func plantedMetric() {
    let source = TextFile(path: "Sources/A/A.swift", text: "let lag = \"freshet_lag_seconds\"\n")
    let alerts = TextFile(
      path: "deploy/alerts.yaml", text: "expr: rate(freshet_lag_seconds_bucket[5m])\nexpr: freshet_lag_minutes > 1\n")
    #expect(MetricRule.violations(in: alerts, sources: [source]).map(\.line) == [2])
  }
}
