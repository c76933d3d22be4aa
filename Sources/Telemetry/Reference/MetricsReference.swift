// Owns the page `docs/metrics.md`. Invariant: made from the declarations that the registry and the log follow.

/// What Freshet measures and logs.
public enum MetricsReference {
  /// The page, which `freshet topology metrics --markdown` prints.
  public static func markdown() -> String {
    introduction + metricsTable + "\n" + logIntroduction + eventsTable
  }

  private static let introduction = """
    # Metrics and log events

    <!-- Written by `freshet topology metrics --markdown` from the declarations in Sources/Telemetry; a test compares
         the two. -->

    `GET /metrics` answers in Prometheus' text format 0.0.4. Units are base units: seconds, bytes, shares of 1.
    Metrics without labels are there from the start, at zero. Libraries' own metrics stand beside these, their
    counters with `_total`, their timers with `_seconds`.

    | metric | kind | labels | meaning |
    |---|---|---|---|

    """

  private static var metricsTable: String {
    FreshetMetric.allCases.map(\.declaration).sorted { $0.name < $1.name }.map { metric in
      let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
      return "| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |\n"
    }.joined()
  }

  private static let logIntroduction = """
    ## Log events

    Each line on standard error is one event, as text or JSON (`log.format`). The field `event` names its kind; an
    event's message never changes with its fields. Fields whose names say that they are secrets are redacted.
    `client-logged` takes the client library's own level.

    | event | level | message |
    |---|---|---|

    """

  private static var eventsTable: String {
    TelemetryEvent.Kind.allCases.map { kind in
      "| `\(kind.rawValue)` | \(kind.level.rawValue) | \(kind.message) |\n"
    }.joined()
  }
}
