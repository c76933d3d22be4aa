// Owns the promise that instants are written as RFC 3339 says, with Foundation's calendar as the oracle.

import Foundation
import IndexModel
import TestKit
import Testing

@Suite("EventTime")
struct EventTimeTests {
  @Test("instants are written as Foundation writes them")
  func instants() throws {
    var random = SplitMix64(seed: TestSeed.announced(for: "EventTimeTests", fixed: 3))
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    // The years 1 to 9999; before 1583 Foundation's calendar is another one, so the oracle starts there.
    for _ in 0..<5000 {
      let milliseconds = Int64.random(in: -12_212_553_600_000...253_402_300_799_999, using: &random)
      let time = EventTime(millisecondsSince1970: milliseconds)
      let whole = Date(timeIntervalSince1970: Double(milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000)
      let fraction = String((milliseconds % 1000 + 1000) % 1000)
      let text = whole.formatted(style)
      let seconds = String(text[..<text.index(text.startIndex, offsetBy: 20)])
      #expect(time.rfc3339 == seconds + String(repeating: "0", count: 3 - fraction.count) + fraction + "Z")
    }
    #expect(EventTime(millisecondsSince1970: -62_167_219_200_000).rfc3339 == "0000-01-01T00:00:00.000Z")
    #expect(EventTime(millisecondsSince1970: .max).rfc3339 == nil)
    #expect(EventTime(millisecondsSince1970: .min).rfc3339 == nil)
  }
}
