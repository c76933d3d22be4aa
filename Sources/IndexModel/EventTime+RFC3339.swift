// Owns the text form of instants. Invariant: the proleptic Gregorian calendar in UTC, no locale, no time zone data.

extension EventTime {
  /// `2026-11-21T13:05:00.123Z`; `nil` outside of the years 0 to 9999, which RFC 3339 cannot write.
  public var rfc3339: String? {
    let (days, millisecondOfDay) = Self.floorDivide(millisecondsSince1970, by: 86_400_000)
    // Days are counted from 0000-03-01, so that a leap day ends its year; 400 years have 146097 days.
    let (era, dayOfEra) = Self.floorDivide(days + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    guard (0...9999).contains(year) else { return nil }

    var text: [UInt8] = []
    text.reserveCapacity(24)
    func append(_ number: Int64, digits: Int, then separator: Character) {
      var divisor: Int64 = digits == 4 ? 1000 : digits == 3 ? 100 : 10
      while divisor > 0 {
        text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
        divisor /= 10
      }
      text.append(contentsOf: String(separator).utf8)
    }
    append(year, digits: 4, then: "-")
    append(month, digits: 2, then: "-")
    append(day, digits: 2, then: "T")
    append(millisecondOfDay / 3_600_000, digits: 2, then: ":")
    append(millisecondOfDay / 60_000 % 60, digits: 2, then: ":")
    append(millisecondOfDay / 1000 % 60, digits: 2, then: ".")
    append(millisecondOfDay % 1000, digits: 3, then: "Z")
    return String(decoding: text, as: UTF8.self)
  }

  private static func floorDivide(_ dividend: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
