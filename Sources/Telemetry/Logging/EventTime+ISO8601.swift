// Owns instants as text, in UTC with milliseconds.

import FoundationEssentials
import IndexModel

extension EventTime {
  /// Such as `2026-01-31T12:00:00.000Z`.
  var iso8601: String {
    // Milliseconds are appended as they are: through a Double they would sometimes round to the one before.
    let (seconds, milliseconds) = millisecondsSince1970.quotientAndRemainderRoundedDown(by: 1000)
    let date = Date(timeIntervalSince1970: Double(seconds)).formatted(Date.ISO8601FormatStyle())
    return date.dropLast() + ".\(String(milliseconds + 1000).dropFirst())Z"
  }
}

extension Int64 {
  /// Quotient and remainder with a remainder that is never negative; `divisor` is positive.
  fileprivate func quotientAndRemainderRoundedDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
