// Owns the promises of the Kafka source's pure parts: the decision on a position, the cursors, the pace of commits.

import IndexModel
import KafkaClient
import Testing
import TierEngine

@testable import EventSource

@Suite("Kafka source: decisions")
struct KafkaDecisionTests {
  private let partition = SourcePartition(topic: "t", partition: 0)

  private func decision(
    _ next: Int64, last: Int64?, _ policy: LostPositionPolicy = .stop
  ) -> PositionDecision {
    PositionDecision(
      stored: StoredPosition(nextOffset: next, lastOffset: last, lastRecordHash: 0),
      log: KafkaLogRange(start: 10, end: 20), onPositionLost: policy)
  }

  @Test("A position inside the log or at its end goes on, verified where the last applied record may be there")
  func insideTheLog() {
    #expect(PositionDecision(stored: nil, log: KafkaLogRange(start: 10, end: 20), onPositionLost: .stop) == .begin)
    #expect(decision(15, last: 14) == .verify(lastOffset: 14, thenGoOnAt: 15))
    #expect(decision(15, last: 12) == .verify(lastOffset: 12, thenGoOnAt: 15))
    #expect(decision(20, last: 19) == .verify(lastOffset: 19, thenGoOnAt: 20))
    #expect(decision(11, last: 10) == .verify(lastOffset: 10, thenGoOnAt: 11))
    #expect(decision(10, last: 9) == .goOn(at: 10))
    #expect(decision(15, last: nil) == .goOn(at: 15))
  }

  @Test("A position outside the log is decided by the settings alone")
  func outsideTheLog() {
    for (next, last) in [(Int64(21), Int64(20)), (9, 8), (0, 0), (.max, .max - 1)] {
      #expect(decision(next, last: last) == .stop)
      #expect(decision(next, last: last, .earliest) == .reset(to: 10))
      #expect(decision(next, last: last, .latest) == .reset(to: 20))
    }
  }

  @Test("A record is accepted once, gaps are allowed, and a partition that is not owned delivers nothing")
  func cursors() {
    var cursors = PartitionCursors()
    cursors.place(partition, at: 5, stored: nil)
    let accepted = [Int64(4), 5, 5, 6, 9, 7, 9, 10].filter { cursors.accept(record($0, in: partition)) != nil }
    #expect(accepted == [5, 6, 9, 10])
    #expect(cursors.nextOffsets == [partition: 11])
    let foreign = cursors.accept(record(0, in: SourcePartition(topic: "t", partition: 1)))
    #expect(foreign == nil)
  }

  @Test("What is remembered of the last record is the delivered one, else the stored one, else nothing")
  func lastRecords() {
    let stored = StoredPosition(nextOffset: 5, lastOffset: 3, lastRecordHash: 77)
    var cursors = PartitionCursors()
    cursors.place(partition, at: 5, stored: stored)
    #expect(cursors.positions == [partition: stored])
    cursors.place(partition, at: 0, stored: stored)
    #expect(cursors.positions[partition]?.lastOffset == nil)
    let accepted = cursors.accept(record(0, in: partition))
    #expect(accepted?.followsReset == true, "the position goes back from 5 to 0")
    let next = cursors.accept(record(1, in: partition))
    #expect(next?.followsReset == false)
    #expect(
      cursors.positions[partition]
        == StoredPosition(nextOffset: 2, lastOffset: 1, lastRecordHash: record(1, in: partition).contentHash))
  }

  @Test("A position that goes back does so at the first record, also where the partition is placed again before it")
  func placedAgain() {
    var cursors = PartitionCursors()
    cursors.place(partition, at: 0, stored: StoredPosition(nextOffset: 5, lastOffset: 3, lastRecordHash: 77))
    cursors.place(partition, at: 0, stored: cursors.positions[partition])
    let first = cursors.accept(record(0, in: partition))
    #expect(first?.followsReset == true)
    cursors.place(partition, at: 1, stored: cursors.positions[partition])
    let second = cursors.accept(record(1, in: partition))
    #expect(second?.followsReset == false)
  }

  @Test("One commit is on its way at a time, and the newest position of each partition follows")
  func pace() {
    let zero = KafkaPartition(topic: "t", number: 0)
    let one = KafkaPartition(topic: "t", number: 1)
    var pacer = CommitPacer()
    #expect(pacer.isIdle)
    let sent = [
      pacer.announce([zero: 1]), pacer.announce([zero: 2]), pacer.announce([zero: 3, one: 1]), pacer.ended(),
      pacer.ended(),
    ]
    #expect(sent == [[zero: 1], nil, nil, [zero: 3, one: 1], nil])
    #expect(pacer.isIdle)
  }

  private func record(_ offset: Int64, in partition: SourcePartition) -> SourceRecord {
    SourceRecord(
      position: EventPosition(partition: partition, offset: offset), nextOffset: offset + 1,
      time: EventTime(millisecondsSince1970: 0), key: nil, value: [UInt8(truncatingIfNeeded: offset)])
  }
}
