// Owns the walk of an inspection: each database once, in order, each row against the rows that must agree with it.

import IndexModel
import LMDB
import TierEngine

/// One inspection of one snapshot.
final class InspectedSnapshot {
  private typealias Rule = StoreInspection.Rule

  private let transaction: Transaction
  private let tables: Tables
  private let dimension: Int
  private var report = StoreInspection.Report()

  init(_ transaction: Transaction, _ tables: Tables, dimension: Int) {
    self.transaction = transaction
    self.tables = tables
    self.dimension = dimension
  }

  /// Walks every database.
  func inspect() throws -> StoreInspection.Report {
    try measure()
    try inspectMeta()
    try inspectItems()
    try inspectTombstones()
    try inspectVectors()
    try inspectChanges()
    try inspectContents()
    try inspectPositions()
    try inspectGenerations()
    try inspectDeadLetters()
    return report
  }

  private func measure() throws {
    report.databases = try tables.all.map { table in
      let statistics = try table.statistics(transaction)
      return StoreInspection.DatabaseSize(
        name: table.name.rawValue, rowCount: statistics.rowCount, byteCount: statistics.byteCount)
    }
    report.counts = StoreCounts(
      items: try tables.items.rowCount(transaction), tombstones: try tables.tombstones.rowCount(transaction))
    report.vectorCount = try tables.vectors.rowCount(transaction)
    report.deadLetterCount = try tables.deadLetters.rowCount(transaction)
  }

  private func inspectMeta() throws {
    try forEachRow(of: tables.meta) { key, value in
      guard key.array == Keys.lastSequence else { return }
      var decoder = RecordDecoder()
      report.lastSequence = try decoder.sequence(value, "last sequence")
    }
  }

  private func inspectItems() throws {
    try forEachRow(of: tables.items) { key, value in
      let id = try Self.id(key)
      let item = try ItemCodec.decode(value)
      checkGiven(item.sequence, tables.items, id.rawValue)
      checkGiven(item.vectorSequence, tables.items, id.rawValue)
      try checkChange(.upsert, id, item.sequence, tables.items)
      let owner = try readable(tables.vectors) { vectors in
        try vectors.row(item.vectorSequence.rawValue, transaction) {
          try VectorCodec.decodeID($0, dimension: dimension)
        }
      }
      switch owner {
      case .unreadable: break
      case .row(nil): add(.itemHasVector, tables.items, id.rawValue, "no vector at \(item.vectorSequence)")
      case .row(let owner?) where owner != id:
        add(.itemHasVector, tables.items, id.rawValue, "the vector at \(item.vectorSequence) is of \(owner)")
      case .row: break
      }
    }
  }

  private func inspectTombstones() throws {
    try forEachRow(of: tables.tombstones) { key, value in
      let id = try Self.id(key)
      let tombstone = try TombstoneCodec.decode(value)
      checkGiven(tombstone.sequence, tables.tombstones, id.rawValue)
      try checkChange(.delete, id, tombstone.sequence, tables.tombstones)
      if case .row(.some) = try itemSequences(id) {
        add(.itemOrTombstone, tables.tombstones, id.rawValue, "an item has this id too")
      }
    }
  }

  private func inspectVectors() throws {
    try forEachRow(of: tables.vectors) { key, value in
      let sequence = try Self.sequence(key)
      let id = try VectorCodec.decodeID(value, dimension: dimension)
      checkGiven(sequence, tables.vectors, sequence.description)
      VectorCodec.withValues(value, dimension: dimension) { values in
        for index in values.indices where !values[index].isFinite {
          add(.vectorIsFinite, tables.vectors, sequence.description, "component \(index) is \(values[index])")
        }
      }
      switch try itemSequences(id) {
      case .unreadable: break
      case .row(let item) where item?.vector == sequence: break
      case .row(nil): add(.vectorHasItem, tables.vectors, sequence.description, "there is no item \(id)")
      case .row(let item?):
        add(
          .vectorHasItem, tables.vectors, sequence.description, "the item \(id) has the vector \(item.vector)")
      }
    }
  }

  private func inspectChanges() throws {
    try forEachRow(of: tables.changes) { key, value in
      let sequence = try Self.sequence(key)
      let (kind, id) = try ChangeCodec.decode(value)
      checkGiven(sequence, tables.changes, sequence.description)
      let newest: Readable<SequenceNumber?> =
        switch kind {
        case .upsert: try itemSequences(id).map { $0?.item }
        case .delete: try tombstoneSequence(id)
        }
      guard case .row(let newest) = newest, newest != sequence else { return }
      let row = kind == .upsert ? "item" : "tombstone"
      add(
        .changeIsNewest, tables.changes, sequence.description,
        newest.map { "the \(row) \(id) has the sequence \($0)" } ?? "there is no \(row) \(id)")
    }
  }

  private func inspectContents() throws {
    try forEachRow(of: tables.contents) { key, value in
      let id = try Self.id(key)
      var decoder = RecordDecoder()
      _ = try decoder.restText(value, "text")
      if case .row(nil) = try itemSequences(id) {
        add(.textHasItem, tables.contents, id.rawValue, "there is no item \(id)")
      }
    }
  }

  private func inspectPositions() throws {
    try forEachRow(of: tables.positions) { key, value in
      guard let partition = Keys.partition(key) else { throw RecordFailure("its key is no partition") }
      let position = try PositionCodec.decode(value)
      report.positions[partition] = position
      if let last = position.lastOffset, last >= position.nextOffset {
        add(
          .positionIsOrdered, tables.positions, partition.description,
          "its last record is at \(last), its next offset is \(position.nextOffset)")
      }
    }
  }

  private func inspectGenerations() throws {
    try forEachRow(of: tables.generations) { key, value in
      let record = try GenerationCodec.decode(value)
      guard Keys.integer(key) == record.number else {
        throw RecordFailure("its record has the number \(record.number)")
      }
      checkGiven(SequenceNumber(rawValue: record.watermark), tables.generations, String(record.number))
      report.generations.append(record)
    }
  }

  private func inspectDeadLetters() throws {
    try forEachRow(of: tables.deadLetters) { key, value in
      _ = try DeadLetterCodec.decode(key: key, value)
    }
  }
}

extension InspectedSnapshot {
  /// A row of another database that is being compared with: its own fault is reported where it is visited.
  private enum Readable<Row> {
    case row(Row)
    case unreadable

    func map<Other>(_ transform: (Row) -> Other) -> Readable<Other> {
      switch self {
      case .row(let row): .row(transform(row))
      case .unreadable: .unreadable
      }
    }
  }

  private func readable<Row>(_ table: Table, _ read: (Table) throws -> Row) throws -> Readable<Row> {
    do {
      return .row(try read(table))
    } catch let error as StoreError where error.code == .corrupt && error.rawCode == 0 {
      return .unreadable
    }
  }

  private func itemSequences(
    _ id: ItemID
  ) throws -> Readable<(item: SequenceNumber, vector: SequenceNumber)?> {
    try readable(tables.items) { items in
      try items.row(id.rawValue.utf8.span, transaction) { value in
        let item = try ItemCodec.decode(value)
        return (item.sequence, item.vectorSequence)
      }
    }
  }

  private func tombstoneSequence(_ id: ItemID) throws -> Readable<SequenceNumber?> {
    try readable(tables.tombstones) { tombstones in
      try tombstones.row(id.rawValue.utf8.span, transaction) { try TombstoneCodec.decodeSequence($0) }
    }
  }

  private func checkChange(_ kind: ChangeKind, _ id: ItemID, _ sequence: SequenceNumber, _ table: Table) throws {
    let change = try readable(tables.changes) { changes in
      try changes.row(sequence.rawValue, transaction) { try ChangeCodec.decode($0) }
    }
    switch change {
    case .unreadable: break
    case .row(let change?) where change == (kind, id): break
    case .row(let change?):
      add(.rowHasChange, table, id.rawValue, "the change at \(sequence) is of \(change.1): \(change.0)")
    case .row(nil): add(.rowHasChange, table, id.rawValue, "no change at \(sequence)")
    }
  }

  private func checkGiven(_ sequence: SequenceNumber, _ table: Table, _ key: String) {
    guard sequence > report.lastSequence else { return }
    add(.sequenceWasGiven, table, key, "\(sequence) is greater than the newest one, \(report.lastSequence)")
  }

  /// Visits the rows whose checksum and form are right; the others are violations.
  private func forEachRow(of table: Table, _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Void) throws {
    try table.forEachRow(from: .first, transaction) { key, value in
      do {
        try RecordChecksum.verify(key: key, value: value)
        try body(key, value)
      } catch let failure as RecordFailure {
        add(.readable, table, table.name.describe(key: key), failure.problem)
      }
      return true
    }
  }

  private func add(_ rule: Rule, _ table: Table, _ key: String, _ problem: String) {
    report.violationCount += 1
    guard report.violations.count < StoreInspection.violationCountMax else { return }
    report.violations.append(
      StoreInspection.Violation(database: table.name.rawValue, key: key, rule: rule, problem: problem))
  }

  private static func id(_ key: RawSpan) throws -> ItemID {
    guard let id = key.text.flatMap(ItemID.init) else { throw RecordFailure("its key is no id") }
    return id
  }

  private static func sequence(_ key: RawSpan) throws -> SequenceNumber {
    guard let sequence = Keys.integer(key) else { throw RecordFailure("its key is no sequence") }
    return SequenceNumber(rawValue: sequence)
  }
}
