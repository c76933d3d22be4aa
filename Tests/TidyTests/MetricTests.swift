// Owns the promise that the alert rules in deploy/ watch what the program reports.

import Testing

@Suite("Metrics")
struct MetricTests {
  @Test("every metric in the alert rules is reported by the program")
  func alerts() throws {
    let repository = try Repository.checkedOut.get()
    let alerts = try repository.file("deploy/prometheus/alerts.yaml")
    #expect(try MetricRule.violations(in: alerts, reference: repository.file("docs/metrics.md")) == [])
  }

  @Test("a planted metric that nothing reports is found")
  func plantedMetric() {
    let reference = TextFile(path: "docs/metrics.md", text: "| `freshet_lag_seconds` | histogram | | Lag. |\n")
    let alerts = TextFile(
      path: "deploy/alerts.yaml", text: "expr: rate(freshet_lag_seconds_bucket[5m])\nexpr: freshet_lag_minutes > 1\n")
    #expect(MetricRule.violations(in: alerts, reference: reference).map(\.line) == [2])
  }
}
