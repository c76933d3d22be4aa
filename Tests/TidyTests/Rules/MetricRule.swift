// Owns the rule that alerts watch metrics that exist: an expression over an unknown name is silent for ever.

enum MetricRule {
  /// Lines of an alert file that name a metric which no source file has as a string.
  static func violations(in alerts: TextFile, sources: [TextFile]) -> [Violation] {
    alerts.lines.enumerated().flatMap { index, line in
      line.matches(of: /freshet_\w+/).map { String($0.0.trimmingSuffix(/_(?:bucket|sum|count)/)) }
        .filter { name in !sources.contains { $0.text.contains("\"\(name)\"") } }
        .map { Violation(alerts, line: index + 1, "watches \($0), which no source file names") }
    }
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ suffix: some RegexComponent) -> Substring {
    guard let match = matches(of: suffix).last, match.range.upperBound == endIndex else { return self }
    return self[..<match.range.lowerBound]
  }
}
