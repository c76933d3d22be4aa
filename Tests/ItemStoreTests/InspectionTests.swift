// Owns the promise that the validity checker finds every kind of fault: one planted violation for each rule.

import IndexModel
import LMDB
import TierEngine
import Testing

@testable import ItemStore

@Suite("Inspection")
struct InspectionTests {
  @Test("the report of a valid store counts what is there")
  func report() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    let report = try StoreInspection.run(store)
    #expect(report.isValid, "\(report.violations)")
    #expect(report.counts == StoreCounts(items: 3, tombstones: 1))
    #expect(report.vectorCount == 3)
    #expect(report.deadLetterCount == 1)
    #expect(report.lastSequence == SequenceNumber(rawValue: 4))
    #expect(report.positions == [Sample.partition: StoredPosition(nextOffset: 5, lastOffset: 4, lastRecordHash: 9)])
    #expect(report.generations == [Sample.generation(1, watermark: 3)])
    #expect(report.databases.map(\.name) == TableName.allCases.map(\.rawValue))
    #expect(report.databases.map(\.rowCount) == [3, 4, 3, 3, 1, 1, 1, 1, 3])
    #expect(report.databases.map(\.byteCount).reduce(0, +) <= report.usedByteCount)
    #expect(report.mapByteCount == 1 << 30)
  }

  @Test("every broken rule is found, in its database and at its key", arguments: StoreInspection.Rule.allCases)
  func planted(_ rule: StoreInspection.Rule) throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    let (database, key) = try plant(rule, store)
    let report = try StoreInspection.run(store)
    #expect(
      report.violations.contains { $0.rule == rule && $0.database == database.rawValue && $0.key == key },
      "\(report.violations)")
    #expect(report.violationCount == report.violations.count)
  }

  @Test("an item whose vector is another item's is found from both sides")
  func swappedVector() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    try store.putSealed(Array("a".utf8), in: store.tables.items) {
      ItemCodec.encode(Sample.item(1, vector: 2), into: &$0)
    }
    let report = try StoreInspection.run(store)
    #expect(Set(report.violations.map(\.rule)) == [.itemHasVector, .vectorHasItem])
  }

  @Test("a flood of faults is counted in full and listed in part")
  func flood() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    let count = StoreInspection.violationCountMax + 10
    try store.write { writer in
      for sequence in 1...UInt64(count) {
        let vector = Sample.vector(sequence)
        try writer.putVector(SequenceNumber(rawValue: sequence), Sample.id("gone"), vector.span)
      }
    }
    let report = try StoreInspection.run(store)
    #expect(report.violationCount == count)
    #expect(report.violations.count == StoreInspection.violationCountMax)
  }

  /// Breaks one rule; returns where.
  private func plant(_ rule: StoreInspection.Rule, _ store: LMDBItemStore) throws -> (TableName, String) {
    let a = Array("a".utf8)
    switch rule {
    case .readable:
      let (key, value) = try store.firstRow(of: store.tables.contents)
      try store.putRaw(key, value.dropLast(), in: store.tables.contents)
      return (.contents, "a")
    case .itemHasVector:
      try store.write { try $0.removeVector(SequenceNumber(rawValue: 2)) }
      return (.items, "b")
    case .vectorHasItem:
      try store.write { writer in
        let vector = Sample.vector(5)
        try writer.putVector(SequenceNumber(rawValue: 5), Sample.id("nobody"), vector.span)
      }
      return (.vectors, "5")
    case .vectorIsFinite:
      try store.write { writer in
        let vector: [Float] = [1, 2, .nan, 4, 5]
        try writer.putVector(SequenceNumber(rawValue: 5), Sample.id("e"), vector.span)
        try writer.putItem(Sample.id("e"), Sample.item(5))
      }
      return (.vectors, "5")
    case .rowHasChange:
      try store.removeRaw(LMDBItemStore.key(4), in: store.tables.changes)
      return (.tombstones, "d")
    case .changeIsNewest:
      try store.putSealed(a, in: store.tables.items) { ItemCodec.encode(Sample.item(4, vector: 1), into: &$0) }
      return (.changes, "1")
    case .itemOrTombstone:
      try store.putSealed(a, in: store.tables.tombstones) { TombstoneCodec.encode(Sample.tombstone(1), into: &$0) }
      return (.tombstones, "a")
    case .textHasItem:
      try store.write { try $0.putText(Sample.id("d"), "kept by mistake") }
      return (.contents, "d")
    case .sequenceWasGiven:
      try store.putSealed(Keys.lastSequence, in: store.tables.meta) { $0.append(UInt64(3)) }
      return (.tombstones, "d")
    case .positionIsOrdered:
      try store.write {
        try $0.putPosition(Sample.partition, StoredPosition(nextOffset: 5, lastOffset: 5, lastRecordHash: 0))
      }
      return (.positions, Sample.partition.description)
    }
  }
}
