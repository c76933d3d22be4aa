// Owns the promises about numbers for people.

import Testing

@testable import FreshetCommand

@Suite("Format")
struct FormatTests {
  @Test(
    "counts are grouped by thousands",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (63_666, "63,666"), (-1_234_567, "-1,234,567"),
    ])
  func counts(value: Int, text: String) {
    #expect(Format.count(value) == text)
    #expect(Format.count(UInt64.max) == "18,446,744,073,709,551,615")
    #expect(Format.count(Int64.min) == "-9,223,372,036,854,775,808")
  }

  @Test(
    "durations have at most two units",
    arguments: [
      (0, "0.0 s"), (4.25, "4.2 s"), (35.4, "35 s"), (60, "1 min"), (125, "2 min 5 s"), (3600, "1 h"),
      (11_520, "3 h 12 min"), (187_200, "2 d 4 h"), (.infinity, "?"), (.nan, "?"), (-1, "?"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(Format.duration(seconds: seconds) == text)
  }

  @Test(
    "milliseconds grow into seconds",
    arguments: [
      (0.812, "0.8 ms"), (20, "20 ms"), (999, "999 ms"), (4200, "4.2 s"), (90_000, "1 min 30 s"),
    ])
  func milliseconds(value: Double, text: String) {
    #expect(Format.milliseconds(value) == text)
  }

  @Test(
    "rates and shares take any number",
    arguments: [
      (0, "0", "0 %"), (0.529, "0.5", "52 %"), (512.4, "512", "51240 %"), (12_345, "12,345", "1234500 %"),
      (.infinity, "?", "?"), (.nan, "?", "?"), (1e300, "9,223,372,036,854,775,807", "9223372036854775807 %"),
    ])
  func rates(value: Double, rate: String, share: String) {
    #expect(Format.rate(value) == rate)
    #expect(Format.share(value) == share)
  }

  @Test(
    "a bar is full at one and never longer",
    arguments: [
      (0, "░░░░"), (0.49, "█░░░"), (0.5, "██░░"), (1, "████"), (7, "████"), (-1, "░░░░"), (.nan, "░░░░"),
    ])
  func bars(fraction: Double, bar: String) {
    #expect(Format.bar(fraction, width: 4) == bar)
  }
}
