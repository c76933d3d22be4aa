// Owns the forms of a log line.

/// How a log line looks.
public enum LogFormat: String, Sendable, Hashable, CaseIterable {
  /// For people: `time LEVEL label: message key=value`.
  case text
  /// One JSON object: `time`, `level`, `label`, `message`, and the fields in `fields`.
  case json
}
