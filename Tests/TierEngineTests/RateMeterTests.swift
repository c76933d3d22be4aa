// Owns the promises about rates over the last few seconds.

import Testing

@testable import TierEngine

@Suite("Rates over the last few seconds")
struct RateMeterTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("a rate is the average over the seconds since the first count, and old counts do not weigh")
  func average() {
    let meter = RateMeter()
    #expect(meter.perSecond(at: 100 * Self.second) == 0)
    meter.add(10, at: 100 * Self.second)
    meter.add(20, at: 101 * Self.second)
    #expect(meter.perSecond(at: 101 * Self.second) == 15)
    #expect(meter.perSecond(at: 102 * Self.second) == 10)
    #expect(meter.perSecond(at: 200 * Self.second) == 0)
  }

  @Test("a count that another thread adds a moment after the one asked for is taken as it is")
  func laterCount() {
    let meter = RateMeter()
    meter.add(8, at: 101 * Self.second)
    #expect(meter.perSecond(at: 100 * Self.second) == 8)
  }
}
