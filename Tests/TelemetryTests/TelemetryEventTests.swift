// Owns the promise that one event makes both a log line and the metric updates, as declared.

import Foundation
import IndexModel
import Logging
import Synchronization
import Telemetry
import Testing

@Suite struct TelemetryEventTests {
  /// Collects log lines.
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private func recorder(_ level: Logger.Level) -> (TelemetryRecorder, Lines, PrometheusRegistry) {
    let lines = Lines()
    let registry = PrometheusRegistry()
    let logger = Logger(label: "freshet") { label in
      FreshetLogHandler(
        label: label, level: level, format: .text, now: { EventTime(millisecondsSince1970: 0) }, output: lines.add)
    }
    return (TelemetryRecorder(logger: logger, registry: registry), lines, registry)
  }

  @Test("The samples hold every kind of event")
  func complete() {
    #expect(Samples.events.map(\.kind) == TelemetryEvent.Kind.allCases)
  }

  @Test("Every update fits its metric's declaration: kind and number of labels")
  func updatesFit() {
    for event in Samples.events {
      for update in event.updates {
        let declaration = update.metric.declaration
        #expect(update.labelValues.count == declaration.labels.count, "\(event.kind) \(declaration.name)")
        switch update {
        case .add: #expect(declaration.kind == .counter)
        case .set: #expect(declaration.kind == .gauge)
        case .observe: #expect(declaration.kind == .histogram)
        }
      }
    }
  }

  @Test("Every declared metric is moved by some event, except the registry's own")
  func metricsAreUsed() {
    let used = Set(Samples.events.flatMap(\.updates).map(\.metric))
    #expect(Set(FreshetMetric.allCases).subtracting(used) == [.seriesDropped])
  }

  @Test("Names carry the prefix, and a base unit or `_total`; help is a sentence")
  func names() {
    let declarations = FreshetMetric.allCases.map(\.declaration)
    #expect(Set(declarations.map(\.name)).count == declarations.count)
    for declaration in declarations {
      #expect(declaration.name.hasPrefix("freshet_"))
      #expect(declaration.name.hasSuffix("_total") == (declaration.kind == .counter), "\(declaration.name)")
      #expect(!["milli", "nano", "percent", "_ms"].contains { declaration.name.contains($0) }, "\(declaration.name)")
      #expect(declaration.help.hasSuffix("."))
      #expect((declaration.buckets != nil) == (declaration.kind == .histogram))
    }
  }

  @Test("One event is one log line and its metric updates")
  func both() {
    let (recorder, lines, registry) = recorder(.warning)
    recorder.record(
      .deadLetterParked(
        position: EventPosition(partition: Samples.partition, offset: 42), code: "not-json", reason: "no value"))
    #expect(
      lines.all == [
        "1970-01-01T00:00:00.000Z WARNING  freshet: parked a record as a dead letter code=not-json "
          + "event=dead-letter-parked position=items-3@42 reason=\"no value\""
      ])
    #expect(registry.text().contains("\nfreshet_records_parked_total{code=\"not-json\"} 1\n"))
  }

  @Test("Below the log's level there is no line, and the metrics move all the same")
  func quiet() {
    let (recorder, lines, registry) = recorder(.critical)
    for event in Samples.events { recorder.record(event) }
    #expect(lines.all == [])
    let text = registry.text()
    for expected in [
      "freshet_mutations_applied_total{operation=\"upsert\"} 8",
      "freshet_mutations_applied_total{operation=\"delete\"} 2",
      "freshet_events_dropped_total{reason=\"stale\"} 3", "freshet_freshness_lag_seconds_count 3",
      "freshet_freshness_lag_seconds_bucket{le=\"0.005\"} 1", "freshet_freshness_lag_seconds_bucket{le=\"0.025\"} 3",
      "freshet_ingest_paused 0", "freshet_ingest_pauses_total{reason=\"queue\"} 1",
      "freshet_rebuilds_total{outcome=\"rejected\"} 1", "freshet_generation 7", "freshet_fresh_rows 4",
      "freshet_main_rows 8",
      "freshet_sequence{watermark=\"searchable\"} 19", "freshet_records_behind{partition=\"3\",topic=\"items\"} 5",
      "freshet_search_duration_seconds_bucket{le=\"0.001\"} 1", "freshet_search_hits_total 10",
      "freshet_http_requests_total{method=\"POST\",route=\"/v1/search\",status=\"200\"} 1",
      "freshet_metric_series_dropped_total 0",
    ] {
      #expect(text.contains("\n\(expected)\n"), "\(expected)")
    }
  }

  @Test("Every event has a line at its level, and its kind in the field `event`")
  func lines() {
    for event in Samples.events {
      let (recorder, lines, _) = recorder(event.level)
      recorder.record(event)
      #expect(lines.all.count == 1)
      #expect(lines.all.first?.contains(" event=\(event.kind.rawValue)") == true, "\(event.kind)")
      #expect(lines.all.first?.contains(": \(event.kind.message) ") == true, "\(event.kind)")
    }
  }

  @Test(
    "A line of the client library keeps its severity",
    arguments: [(0, .error), (3, .error), (4, .warning), (5, .notice), (6, .info), (7, .debug)]
      as [(Int, Logger.Level)])
  func clientSeverity(severity: Int, level: Logger.Level) {
    #expect(TelemetryEvent.clientLogged(severity: severity, text: "x").level == level)
  }

  @Test("docs/metrics.md is what the declarations say")
  func page() throws {
    let page = try String(contentsOf: Samples.root.appendingPathComponent("docs/metrics.md"), encoding: .utf8)
    #expect(page == MetricsReference.markdown(), "run `freshet topology metrics --markdown > docs/metrics.md`")
  }
}
