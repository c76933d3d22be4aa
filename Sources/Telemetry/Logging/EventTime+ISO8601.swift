// Owns instants as text, in UTC with milliseconds.

import FoundationEssentials
import IndexModel

extension EventTime {
  /// Such as `2026-01-31T12:00:00.000Z`.
  var iso8601: String {
    Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1000)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
