// Owns reads of rows inside one transaction. Invariant: every value is verified by its checksum before it is used.

import IndexModel
import LMDB
import TierEngine

/// Reads inside one transaction.
class StoreReader: StoreReading {
  private let transaction: Transaction
  final let tables: Tables
  final let dimension: Int

  init(_ transaction: Transaction, _ tables: Tables, dimension: Int) {
    self.transaction = transaction
    self.tables = tables
    self.dimension = dimension
  }

  final func item(_ id: ItemID) throws -> StoredItem? {
    try tables.items.row(id.rawValue.utf8.span, transaction) { try ItemCodec.decode($0) }
  }

  final func tombstone(_ id: ItemID) throws -> Tombstone? {
    try tables.tombstones.row(id.rawValue.utf8.span, transaction) { try TombstoneCodec.decode($0) }
  }

  final func text(_ id: ItemID) throws -> String? {
    try tables.contents.row(id.rawValue.utf8.span, transaction) { value in
      var decoder = RecordDecoder()
      return try decoder.restText(value, "text")
    }
  }

  final func vector(_ sequence: SequenceNumber) throws -> [Float]? {
    try tables.vectors.row(sequence.rawValue, transaction) { value in
      _ = try VectorCodec.decodeID(value, dimension: dimension)
      return VectorCodec.withValues(value, dimension: dimension) { values in
        // SAFETY: the components are copied during the call.
        unsafe values.withUnsafeBufferPointer { unsafe Array($0) }
      }
    }
  }

  final func forEachVector(
    after: SequenceNumber, through: SequenceNumber,
    _ body: (SequenceNumber, ItemID, Span<Float>) throws -> Bool
  ) throws {
    guard after < through else { return }
    let vectors = tables.vectors
    try vectors.forEachRow(from: .integer(after.rawValue + 1), transaction) { key, value in
      guard let sequence = Keys.integer(key), sequence <= through.rawValue else { return false }
      let id = try vectors.verified(key, value) { try VectorCodec.decodeID(value, dimension: dimension) }
      return try VectorCodec.withValues(value, dimension: dimension) { values in
        try body(SequenceNumber(rawValue: sequence), id, values)
      }
    }
  }

  final func forEachVectorSequence(_ body: (SequenceNumber) throws -> Void) throws {
    try tables.vectors.forEachRow(from: .first, transaction) { key, _ in
      guard let sequence = Keys.integer(key) else { return false }
      try body(SequenceNumber(rawValue: sequence))
      return true
    }
  }

  func lastSequence() throws -> SequenceNumber {
    try tables.meta.row(Keys.lastSequence.span, transaction) { value in
      var decoder = RecordDecoder()
      return try decoder.sequence(value, "last sequence")
    } ?? .zero
  }

  final func counts() throws -> StoreCounts {
    StoreCounts(
      items: try tables.items.rowCount(transaction), tombstones: try tables.tombstones.rowCount(transaction))
  }

  final func positions() throws -> [SourcePartition: StoredPosition] {
    var positions: [SourcePartition: StoredPosition] = [:]
    let table = tables.positions
    try table.forEachRow(from: .first, transaction) { key, value in
      let (partition, position) = try table.verified(key, value) {
        guard let partition = Keys.partition(key) else { throw RecordFailure("its key is no partition") }
        return (partition, try PositionCodec.decode(value))
      }
      positions[partition] = position
      return true
    }
    return positions
  }

  final func generations() throws -> [GenerationRecord] {
    var records: [GenerationRecord] = []
    let table = tables.generations
    try table.forEachRow(from: .first, transaction) { key, value in
      records.append(try table.verified(key, value) { try GenerationCodec.decode(value) })
      return true
    }
    return records
  }

  final func deadLetters(limit: Int) throws -> [DeadLetter] {
    var merge = DeadLetterMerge(table: tables.deadLetters, transaction: transaction)
    return try merge.oldest(limit)
  }

  final func deadLetterCount() throws -> Int {
    try tables.deadLetters.rowCount(transaction)
  }
}
