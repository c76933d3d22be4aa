// Owns changes of rows inside one write transaction. Invariants: `changes` has one row an id, at its newest sequence;
// no id is item and tombstone at once; the newest sequence ever given is never forgotten.

import IndexModel
import LMDB
import TierEngine

/// Changes inside one write transaction.
final class StoreWriter: StoreReader, StoreWriting {
  private let transaction: WriteTransaction
  private(set) var encoder: RecordEncoder
  private var committedLastSequence: SequenceNumber?
  private var newestSequence = SequenceNumber.zero

  init(_ transaction: WriteTransaction, _ tables: Tables, dimension: Int, _ encoder: RecordEncoder) {
    self.transaction = transaction
    self.encoder = encoder
    super.init(transaction, tables, dimension: dimension)
  }

  override func lastSequence() throws -> SequenceNumber {
    let committed = try committedLastSequence ?? super.lastSequence()
    committedLastSequence = committed
    return max(committed, newestSequence)
  }

  func putItem(_ id: ItemID, _ item: StoredItem) throws {
    let key = id.rawValue.utf8.span
    var previous = try tables.items.row(key, transaction) { try ItemCodec.decodeSequence($0) }
    if previous == nil {
      previous = try tables.tombstones.row(key, transaction) { try TombstoneCodec.decodeSequence($0) }
      if previous != nil { try tables.tombstones.remove(key, transaction) }
    }
    try putChange(.upsert, id, from: previous, to: item.sequence)
    encoder.begin()
    ItemCodec.encode(item, into: &encoder)
    try tables.items.put(key, &encoder, transaction)
  }

  func putTombstone(_ id: ItemID, _ tombstone: Tombstone) throws {
    let key = id.rawValue.utf8.span
    var previous = try tables.tombstones.row(key, transaction) { try TombstoneCodec.decodeSequence($0) }
    if previous == nil {
      previous = try tables.items.row(key, transaction) { try ItemCodec.decodeSequence($0) }
      if previous != nil {
        try tables.items.remove(key, transaction)
        try tables.contents.remove(key, transaction)
      }
    }
    try putChange(.delete, id, from: previous, to: tombstone.sequence)
    encoder.begin()
    TombstoneCodec.encode(tombstone, into: &encoder)
    try tables.tombstones.put(key, &encoder, transaction)
  }

  func putText(_ id: ItemID, _ text: String) throws {
    encoder.begin()
    encoder.appendRest(text)
    try tables.contents.put(id.rawValue.utf8.span, &encoder, transaction)
  }

  func removeText(_ id: ItemID) throws {
    try tables.contents.remove(id.rawValue.utf8.span, transaction)
  }

  func putVector(_ sequence: SequenceNumber, _ id: ItemID, _ values: Span<Float>) throws {
    precondition(values.count == dimension, "a vector of \(values.count) components in a store of \(dimension)")
    let byteCount = VectorCodec.byteCount(dimension: values.count, idByteCount: id.rawValue.utf8.count)
    try withBytes(of: sequence.rawValue) { key in
      try translated(in: tables.vectors.folder) {
        try transaction.put(sequence.rawValue, byteCount: byteCount, in: tables.vectors.database, .atEnd) { bytes in
          // SAFETY: every byte of a key is initialised.
          unsafe VectorCodec.encode(id, values, key: key.bytes, into: &bytes)
        }
      }
    }
    newestSequence = max(newestSequence, sequence)
  }

  func removeVector(_ sequence: SequenceNumber) throws {
    try tables.vectors.remove(sequence.rawValue, transaction)
  }

  func putPosition(_ partition: SourcePartition, _ position: StoredPosition) throws {
    encoder.begin()
    PositionCodec.encode(position, into: &encoder)
    let key = try Keys.key(partition)
    try tables.positions.put(key.span, &encoder, transaction)
  }

  func putGeneration(_ record: GenerationRecord) throws {
    encoder.begin()
    try GenerationCodec.encode(record, into: &encoder)
    try tables.generations.put(record.number, &encoder, transaction)
  }

  func removeGeneration(_ number: UInt64) throws {
    try tables.generations.remove(number, transaction)
  }

  func putDeadLetter(_ letter: DeadLetter) throws {
    encoder.begin()
    DeadLetterCodec.encode(letter, into: &encoder)
    let key = try Keys.key(letter.position)
    try tables.deadLetters.put(key.span, &encoder, transaction)
  }

  func removeDeadLetter(_ position: EventPosition) throws -> Bool {
    let key = try Keys.key(position)
    return try tables.deadLetters.remove(key.span, transaction)
  }

  /// Writes what must stand in the transaction before it is committed.
  func finish() throws {
    let last = try lastSequence()
    guard last != committedLastSequence else { return }
    encoder.begin()
    encoder.append(last.rawValue)
    try tables.meta.put(Keys.lastSequence.span, &encoder, transaction)
  }

  private func putChange(
    _ kind: ChangeKind, _ id: ItemID, from previous: SequenceNumber?, to sequence: SequenceNumber
  ) throws {
    if let previous, previous != sequence { try tables.changes.remove(previous.rawValue, transaction) }
    encoder.begin()
    ChangeCodec.encode(kind, id, into: &encoder)
    let placement: WriteTransaction.Placement = sequence > (try lastSequence()) ? .atEnd : .anywhere
    try tables.changes.put(sequence.rawValue, &encoder, transaction, placement)
    newestSequence = max(newestSequence, sequence)
  }
}
