// Owns the promises about damaged files: named, never read as if whole, never a crash.

import Foundation
import IndexModel
import LMDB
import TestKit
import TierEngine
import Testing

@testable import ItemStore

@Suite("Damage")
struct DamageTests {
  @Test("a value with one changed byte is refused with its database and key named", arguments: TableName.allCases)
  func changedByte(_ name: TableName) throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    let table = try #require(store.tables.all.first { $0.name == name })
    let size = try store.firstRow(of: table).value.count
    for index in [0, size / 2, size - 1] {
      let (key, value) = try store.firstRow(of: table)
      var damaged = value
      damaged[index] ^= 0x10
      try store.putRaw(key, damaged, in: table)
      let described = unsafe name.describe(key: key.span.bytes)
      let error = #expect(throws: StoreError.self) { try Self.readEverything(store) }
      #expect(error?.code == .corrupt)
      #expect(error?.message.contains("\(name.rawValue)/\(described)") == true, "\(error?.message ?? "")")
      try store.putRaw(key, value, in: table)
      try Self.readEverything(store)
    }
  }

  @Test("a value under another key is refused, though its bytes are whole")
  func misplacedValue() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    let (_, value) = try store.firstRow(of: store.tables.items)
    try store.putRaw(Array("b".utf8), value, in: store.tables.items)
    let error = #expect(throws: StoreError.self) { try store.read { try $0.item(Sample.id("b")) } }
    #expect(error?.code == .corrupt)
  }

  @Test("a file cut anywhere is refused as corrupt or reads whole, and never ends the process")
  func truncatedFile() throws {
    let seed = TestSeed.announced(for: "truncatedFile", fixed: 7)
    var rows = RandomRows(seed: seed)
    let folder = try TemporaryFolder()
    do {
      let store = try Sample.open(folder.store)
      var sequence: UInt64 = 0
      for _ in 0..<30 { try Self.writeChurn(store, &rows, &sequence) }
    }
    let file = URL(fileURLWithPath: folder.store + "/data.mdb")
    let whole = try Data(contentsOf: file)
    let pageCount = whole.count / 4096
    var refusedCount = 0
    for keptPages in [0, 1, 2, 3] + (0..<20).map({ _ in 4 + rows.below(pageCount - 4) }) + [pageCount - 1] {
      for extraBytes in [0, 100] {
        try whole.prefix(keptPages * 4096 + extraBytes).write(to: file)
        // An empty file is a new store.
        guard keptPages + extraBytes > 0 else { continue }
        do {
          let store = try Sample.open(folder.store)
          try Self.readEverything(store)
          #expect(try StoreInspection.run(store).isValid)
        } catch let error as StoreError {
          #expect(error.code == .corrupt, "\(keptPages) pages: \(error)")
          refusedCount += 1
        }
      }
    }
    #expect(refusedCount > 20)
    try whole.write(to: file)
    try Self.readEverything(Sample.open(folder.store))
  }

  @Test("a file that ends early because its last pages are free is whole")
  func shortHealthyFile() throws {
    let seed = TestSeed.announced(for: "shortHealthyFile", fixed: 11)
    var rows = RandomRows(seed: seed)
    for _ in 0..<100 {
      let folder = try TemporaryFolder()
      guard try Self.leaveShortFile(folder.store, &rows) else { continue }
      let store = try Sample.open(folder.store)
      #expect(try StoreInspection.run(store).isValid)
      try Self.readEverything(store)
      return
    }
    Issue.record("no history left a short file: the test has lost its subject")
  }

  @Test("a file that is no LMDB file is refused as corrupt")
  func noise() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: true)
    try Data(repeating: 0x5A, count: 65536).write(to: URL(fileURLWithPath: folder.store + "/data.mdb"))
    let error = #expect(throws: StoreError.self) { _ = try Sample.open(folder.store) }
    #expect(error?.code == .corrupt)
  }

  /// Writes batches until one ends with pages that it took and freed at the end of the file; gives up while the file
  /// is small, because a large one has free pages elsewhere.
  private static func leaveShortFile(_ folder: String, _ rows: inout RandomRows) throws -> Bool {
    let store = try Sample.open(folder)
    var sequence: UInt64 = 0
    for _ in 0..<20 {
      try writeChurn(store, &rows, &sequence)
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/data.mdb")
      let size = try #require(attributes[.size] as? Int)
      if try size < store.withEnvironment({ try $0.information() }).usedBytes { return true }
    }
    return false
  }

  /// One batch that adds and removes large and small rows, many of them twice.
  private static func writeChurn(
    _ store: LMDBItemStore, _ rows: inout RandomRows, _ sequence: inout UInt64
  ) throws {
    try store.write { writer in
      for _ in 0..<(1 + rows.below(200)) {
        sequence += 1
        let id = try Sample.id("item-\(rows.below(80))")
        if let former = try writer.item(id) { try writer.removeVector(former.vectorSequence) }
        if rows.chance(50) {
          try Sample.upsert(id, sequence, writer)
          try writer.putText(id, String(repeating: "x", count: rows.below(20_000)))
        } else {
          try writer.putTombstone(id, Sample.tombstone(sequence))
        }
      }
    }
  }

  private static func readEverything(_ store: LMDBItemStore) throws {
    try store.read { reader throws in
      for name in ["a", "b", "c", "d"] + (0..<80).map({ "item-\($0)" }) {
        let id = try Sample.id(name)
        _ = try (reader.item(id), reader.text(id), reader.tombstone(id))
      }
      try reader.forEachVector(after: .zero, through: SequenceNumber(rawValue: .max)) { _, _, _ in true }
      _ = try (reader.positions(), reader.generations(), reader.deadLetters(limit: .max), reader.lastSequence())
    }
    try store.readUnvisitedRows()
  }
}
