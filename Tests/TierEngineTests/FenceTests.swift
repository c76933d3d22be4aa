// Tests of the version fence (invariant 5).

import IndexModel
import TestKit
import Testing

@testable import TierEngine

@Suite("Newest wins, in one version domain")
struct FenceTests {
  private let a = SourcePartition(topic: "catalog", partition: 0)
  private let b = SourcePartition(topic: "catalog", partition: 1)

  private func event(
    _ partition: SourcePartition, _ offset: Int64, time: Int64 = 0, version: UInt64? = nil
  ) throws -> ItemEvent {
    ItemEvent(
      id: try #require(ItemID("item")), operation: .delete, version: version,
      position: EventPosition(partition: partition, offset: offset), time: EventTime(millisecondsSince1970: time))
  }

  private func known(_ event: ItemEvent) -> Fence.Known {
    Fence.Known(version: event.version, position: event.position, time: event.time)
  }

  @Test("an event of an unknown item is applied")
  func unknownItem() throws {
    #expect(Fence.judge(try event(a, 0), against: nil, domain: .log) == .apply(version: nil))
    #expect(Fence.judge(try event(a, 0, version: 7), against: nil, domain: .field) == .apply(version: 7))
  }

  @Test("in the log domain a version in the event does not count")
  func logIgnoresVersions() throws {
    let stored = known(try event(a, 5))
    #expect(Fence.judge(try event(a, 6, version: 1), against: stored, domain: .log) == .apply(version: nil))
    #expect(Fence.judge(try event(a, 4, version: 99), against: stored, domain: .log) == .stale)
    #expect(Fence.judge(try event(a, 5), against: stored, domain: .log) == .stale)
  }

  @Test("in the log domain the record's time decides across partitions")
  func timeDecidesAcrossPartitions() throws {
    let stored = known(try event(a, 900, time: 100))
    #expect(Fence.judge(try event(b, 0, time: 101), against: stored, domain: .log) == .apply(version: nil))
    #expect(Fence.judge(try event(b, 0, time: 99), against: stored, domain: .log) == .stale)
    #expect(Fence.judge(try event(b, 0, time: 100), against: stored, domain: .log) == .apply(version: nil))
  }

  @Test("an event of a log that lost its tail is newer than one that stood in the tail")
  func lostTail() throws {
    let inTheTail = known(try event(a, 8, time: 100))
    #expect(Fence.judge(try event(a, 6, time: 101), against: inTheTail, domain: .log) == .apply(version: nil))
    #expect(Fence.judge(try event(a, 5, time: 99), against: inTheTail, domain: .log) == .stale)
    #expect(Fence.judge(try event(a, 8, time: 100), against: inTheTail, domain: .log) == .stale)
  }

  @Test("in the field domain a higher version wins wherever it stands in the log")
  func higherVersionWins() throws {
    let stored = known(try event(a, 900, time: 100, version: 5))
    #expect(Fence.judge(try event(a, 3, version: 6), against: stored, domain: .field) == .apply(version: 6))
    #expect(Fence.judge(try event(a, 901, version: 4), against: stored, domain: .field) == .stale)
    #expect(Fence.judge(try event(a, 901, version: 5), against: stored, domain: .field) == .apply(version: 5))
    #expect(
      Fence.judge(try event(a, 901, version: .max), against: stored, domain: .field) == .apply(version: .max))
  }

  @Test("an event without a version inherits the stored one and wins by later position")
  func inheritsVersion() throws {
    let stored = known(try event(a, 900, version: 5))
    #expect(Fence.judge(try event(a, 901), against: stored, domain: .field) == .apply(version: 5))
    #expect(Fence.judge(try event(a, 899), against: stored, domain: .field) == .stale)
  }

  @Test("any order of one item's events ends in the same state", arguments: VersionDomain.allCases)
  func convergence(domain: VersionDomain) throws {
    var random = SplitMix64(seed: TestSeed.announced(for: "FenceTests", fixed: 11))
    for _ in 0..<500 {
      let events = try (0..<6).map { number in
        try event(
          number % 2 == 0 ? a : b, Int64(number), time: Int64(number), version: UInt64.random(in: 1...4, using: &random)
        )
      }
      let ends = Set(
        (0..<8).map { _ in
          var last: Fence.Known?
          for next in events.shuffled(using: &random) {
            if case .apply(let version) = Fence.judge(next, against: last, domain: domain) {
              last = Fence.Known(version: version, position: next.position, time: next.time)
            }
          }
          return last?.position.description ?? ""
        })
      #expect(ends.count == 1)
    }
  }
}
