// Owns the whole key layout of the store. Invariant: keys sort in the order in which the store scans them.
//
//     database      key                                             order     value (Codecs/)
//     ------------  ----------------------------------------------  --------  -----------------------------------------
//     items         id                                              bytes     ItemCodec
//     changes       sequence                                        integers  ChangeCodec; one row an item or tombstone
//     vectors       sequence that set the vector                    integers  VectorCodec
//     contents      id                                              bytes     TextCodec: text kept for re-embedding
//     tombstones    id                                              bytes     TombstoneCodec
//     positions     topic, 0, partition                             bytes     PositionCodec
//     generations   number                                          integers  GenerationCodec
//     dead_letters  topic, 0, partition, offset                     bytes     DeadLetterCodec
//     meta          "format" | "metadata" | "last-sequence"         bytes     MetadataCodec
//
// An id and a topic are their UTF-8; integers inside a key of bytes are big-endian, integer keys are native 64 bits.
// Every value starts with a CRC-32C over its key and the rest of the value (Codecs/RecordChecksum.swift).

import IndexModel
import LMDB
import TierEngine

/// The store's databases.
enum TableName: String, CaseIterable, Sendable {
  case items
  case changes
  case vectors
  case contents
  case tombstones
  case positions
  case generations
  case deadLetters = "dead_letters"
  case meta

  /// How the database orders its keys.
  var keyOrder: Database.KeyOrder {
    switch self {
    case .changes, .vectors, .generations: .integers
    case .items, .contents, .tombstones, .positions, .deadLetters, .meta: .bytes
    }
  }

  /// The key for people.
  func describe(key: RawSpan) -> String {
    switch self {
    case .changes, .vectors, .generations: Keys.integer(key).map(String.init) ?? "malformed key"
    case .items, .contents, .tombstones, .meta: key.text ?? "malformed key"
    case .positions: Keys.partition(key)?.description ?? "malformed key"
    case .deadLetters: Keys.position(key)?.description ?? "malformed key"
    }
  }
}

/// Makes and reads keys that are more than an id or an integer.
enum Keys {
  /// The longest topic or file name, so that a dead letter's key fits LMDB's limit.
  static let topicByteCountMax = Environment.keyByteCountMax - 13

  /// The format version's row in `meta`.
  static let format = Array("format".utf8)
  /// The row in `meta` that says what the store was created for.
  static let metadata = Array("metadata".utf8)
  /// The row in `meta` with the newest sequence ever given.
  static let lastSequence = Array("last-sequence".utf8)

  /// The key of a partition's position.
  static func key(_ partition: SourcePartition) throws -> [UInt8] {
    guard partition.topic.utf8.count <= topicByteCountMax else {
      throw StoreError(
        code: .system,
        message: "the source's name \(partition.topic) is longer than \(topicByteCountMax) bytes: use a shorter one")
    }
    var key = Array(partition.topic.utf8)
    key.append(0)
    // SAFETY: the bytes of a local integer.
    unsafe withUnsafeBytes(of: UInt32(bitPattern: partition.partition).bigEndian) { unsafe key.append(contentsOf: $0) }
    return key
  }

  /// The key of a dead letter.
  static func key(_ position: EventPosition) throws -> [UInt8] {
    var key = try key(position.partition)
    // SAFETY: the bytes of a local integer.
    unsafe withUnsafeBytes(of: UInt64(bitPattern: position.offset).bigEndian) { unsafe key.append(contentsOf: $0) }
    return key
  }

  /// Reads an integer key; `nil` where it is none.
  static func integer(_ key: RawSpan) -> UInt64? {
    guard key.byteCount == 8 else { return nil }
    return key.load(UInt64.self, at: 0)
  }

  /// Reads a position's key; `nil` where it is none.
  static func partition(_ key: RawSpan) -> SourcePartition? {
    let topicByteCount = key.byteCount - 5
    guard topicByteCount >= 0, key.load(UInt8.self, at: topicByteCount) == 0,
      let topic = key.extracting(0..<topicByteCount).text
    else { return nil }
    let partition = UInt32(bigEndian: key.load(UInt32.self, at: topicByteCount + 1))
    return SourcePartition(topic: topic, partition: Int32(bitPattern: partition))
  }

  /// Reads a dead letter's key; `nil` where it is none.
  static func position(_ key: RawSpan) -> EventPosition? {
    let partitionByteCount = key.byteCount - 8
    guard partitionByteCount >= 0, let partition = partition(key.extracting(0..<partitionByteCount)) else {
      return nil
    }
    let offset = UInt64(bigEndian: key.load(UInt64.self, at: partitionByteCount))
    return EventPosition(partition: partition, offset: Int64(bitPattern: offset))
  }
}
