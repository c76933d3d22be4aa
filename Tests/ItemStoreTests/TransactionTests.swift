// Owns the promises of one transaction: whole or not at all, visible when committed, a reader's snapshot stands still.

import Foundation
import IndexModel
import ItemStore
import Synchronization
import TierEngine
import Testing

@Suite("Transactions")
struct TransactionTests {
  private struct Abandoned: Error {}

  @Test("a write whose body throws leaves nothing, and the error comes through as it is")
  func bodyThrows() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    #expect(throws: Abandoned.self) {
      try store.write { writer in
        try Sample.upsert(Sample.id("a"), 1, writer)
        try writer.putPosition(
          Sample.partition, StoredPosition(nextOffset: 1, lastOffset: 0, lastRecordHash: 0))
        try writer.putDeadLetter(Sample.letter(0, 0, milliseconds: 0))
        throw Abandoned()
      }
    }
    try store.read { reader throws in
      #expect(try reader.item(Sample.id("a")) == nil)
      #expect(try reader.text(Sample.id("a")) == nil)
      #expect(try reader.vector(SequenceNumber(rawValue: 1)) == nil)
      #expect(try reader.positions().isEmpty)
      #expect(try reader.deadLetterCount() == 0)
      #expect(try reader.lastSequence() == .zero)
    }
  }

  @Test("a failed change makes the whole write fail, even where the body swallows the failure")
  func swallowedFailure() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    let error = #expect(throws: StoreError.self) {
      try store.write { writer in
        try writer.putTombstone(Sample.id("a"), Sample.tombstone(5))
        let values = Sample.vector(2)
        try? writer.putVector(SequenceNumber(rawValue: 2), Sample.id("b"), values.span)
      }
    }
    #expect(error?.message.contains("vectors") == true)
    try store.read { reader throws in #expect(try reader.item(Sample.id("a")) != nil) }
  }

  @Test("changes are visible inside their write, and outside only once it is committed, after the failpoint")
  func visibility() throws {
    let folder = try TemporaryFolder()
    let visibleAtFailpoint = Mutex<[Bool]>([])
    let opened = Mutex<LMDBItemStore?>(nil)
    var configuration = Sample.configuration(folder.store)
    configuration.failpoint = { point in
      #expect(point == .beforeCommit)
      let store = opened.withLock { $0 }
      let isVisible = try? store?.read { try $0.item(Sample.id("a")) != nil }
      visibleAtFailpoint.withLock { $0.append(isVisible ?? true) }
    }
    let store = try LMDBItemStore.open(configuration)
    opened.withLock { $0 = store }
    defer { opened.withLock { $0 = nil } }
    try store.write { writer in
      try Sample.upsert(Sample.id("a"), 1, writer)
      #expect(try writer.item(Sample.id("a")) == Sample.item(1))
      #expect(try writer.vector(SequenceNumber(rawValue: 1)) == Sample.vector(1))
      try store.read { reader throws in #expect(try reader.item(Sample.id("a")) == nil) }
    }
    #expect(visibleAtFailpoint.withLock { $0 } == [false])
    try store.read { reader throws in #expect(try reader.item(Sample.id("a")) == Sample.item(1)) }
  }

  @Test("a snapshot stands still while the writer commits")
  func snapshotStandsStill() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    try store.read { reader throws in
      for sequence in UInt64(5)..<50 {
        try store.write { writer in
          try writer.removeVector(try #require(try writer.item(Sample.id("a"))).vectorSequence)
          try Sample.upsert(Sample.id("a"), sequence, writer)
        }
      }
      #expect(try reader.lastSequence() == SequenceNumber(rawValue: 4))
      #expect(try reader.item(Sample.id("a")) == Sample.item(1))
      #expect(try reader.vector(SequenceNumber(rawValue: 1)) == Sample.vector(1))
    }
    try store.read { reader throws in #expect(try reader.lastSequence() == SequenceNumber(rawValue: 49)) }
  }

  @Test("readers on other threads see every batch whole, never a part of one, and never go back")
  func readersSeeWholeBatches() throws {
    let folder = try TemporaryFolder()
    let history = BatchHistory(store: try Sample.open(folder.store))
    try history.write(0)
    let failures = Mutex<[String]>([])
    let isWritten = Mutex(false)
    DispatchQueue.concurrentPerform(iterations: 3) { thread in
      do {
        if thread == 0 {
          defer { isWritten.withLock { $0 = true } }
          for batch in 1...BatchHistory.lastBatch { try history.write(batch) }
        } else {
          var batch = 0
          repeat {
            let next = try history.readWhole()
            if next < batch { failures.withLock { $0.append("batch \(next) after \(batch)") } }
            batch = next
          } while !isWritten.withLock { $0 }
          let last = try history.readWhole()
          if last != BatchHistory.lastBatch { failures.withLock { $0.append("ended at batch \(last)") } }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
  }

  @Test("the newest sequence is never forgotten, also where the row that had it is gone")
  func lastSequenceStays() throws {
    let folder = try TemporaryFolder()
    do {
      let store = try Sample.open(folder.store)
      try store.write { writer in
        let values = Sample.vector(9)
        try writer.putVector(SequenceNumber(rawValue: 9), Sample.id("a"), values.span)
        try writer.removeVector(SequenceNumber(rawValue: 9))
      }
    }
    let store = try Sample.open(folder.store)
    try store.read { reader throws in #expect(try reader.lastSequence() == SequenceNumber(rawValue: 9)) }
  }

  @Test("a chunked scan visits every vector between its bounds once, in order")
  func chunkedScan() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try store.write { writer in
      for sequence in UInt64(1)...100 { try Sample.upsert(Sample.id("item-\(sequence)"), sequence, writer) }
    }
    var visited: [UInt64] = []
    try store.scanVectors(
      after: SequenceNumber(rawValue: 10), through: SequenceNumber(rawValue: 90), chunkRowCount: 7
    ) { sequence, id, values in
      #expect(id.rawValue == "item-\(sequence)")
      #expect(values.indices.map { values[$0] } == Sample.vector(sequence.rawValue))
      visited.append(sequence.rawValue)
      return true
    }
    #expect(visited == Array(11...90))
  }
}

/// Batches that each replace the same items and move the position; a reader can tell of which batch each row is.
private struct BatchHistory: Sendable {
  static let lastBatch = 200
  private static let itemCount = 20

  let store: LMDBItemStore

  struct MixedBatches: Error {
    let batch: Int
    let item: Int
  }

  func write(_ batch: Int) throws {
    try store.write { writer in
      for item in 0..<Self.itemCount {
        let id = try Sample.id("item-\(item)")
        if let former = try writer.item(id) { try writer.removeVector(former.vectorSequence) }
        try Sample.upsert(id, sequence(batch, item), writer)
      }
      try writer.putPosition(
        Sample.partition, StoredPosition(nextOffset: Int64(batch), lastOffset: nil, lastRecordHash: 0))
    }
  }

  /// The batch that a snapshot shows; throws where it shows parts of two.
  func readWhole() throws -> Int {
    try store.read { reader in
      let batch = Int(try reader.positions()[Sample.partition]?.nextOffset ?? -1)
      for item in 0..<Self.itemCount {
        let expected = sequence(batch, item)
        let vector = try reader.vector(SequenceNumber(rawValue: expected))
        guard try reader.item(Sample.id("item-\(item)")) == Sample.item(expected), vector == Sample.vector(expected)
        else { throw MixedBatches(batch: batch, item: item) }
      }
      return batch
    }
  }

  private func sequence(_ batch: Int, _ item: Int) -> UInt64 { UInt64(batch * Self.itemCount + item + 1) }
}
