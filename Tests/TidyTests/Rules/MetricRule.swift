// Owns the rule that alerts watch metrics that exist: an expression over an unknown name is silent for ever.

enum MetricRule {
  /// Lines of an alert file that name a metric which `reference`, the page of all metrics, does not list.
  static func violations(in alerts: TextFile, reference: TextFile) -> [Violation] {
    let known = Set(reference.text.matches(of: /`(freshet_\w+)`/).map(\.1))
    return alerts.lines.enumerated().flatMap { index, line in
      line.matches(of: /freshet_\w+/).map { $0.0.trimmingSuffix(/_(?:bucket|sum|count)/) }
        .filter { !known.contains($0) }
        .map { Violation(alerts, line: index + 1, "watches \($0), which \(reference.path) does not list") }
    }
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ suffix: some RegexComponent) -> Substring {
    guard let match = matches(of: suffix).last, match.range.upperBound == endIndex else { return self }
    return self[..<match.range.lowerBound]
  }
}
