// Owns the rows that several tests write. Invariant: a sample store is valid, and holds every kind of row.

import IndexModel
import ItemStore
import TierEngine
import VectorIndex

enum Sample {
  static let dimension = 5
  static let metadata = StoreMetadata(
    model: ModelIdentity(name: "mini", fingerprint: "0123456789abcdef", dimension: dimension), metric: .cosine,
    versionDomain: .log)
  static let partition = SourcePartition(topic: "catalog.items", partition: 3)

  static func configuration(_ folder: String) -> StoreConfiguration {
    StoreConfiguration(folder: folder, metadata: metadata, mapBytesMax: 1 << 30)
  }

  static func open(_ folder: String) throws -> LMDBItemStore {
    try LMDBItemStore.open(configuration(folder))
  }

  static func id(_ text: String) throws -> ItemID {
    guard let id = ItemID(text) else { throw NoID(text: text) }
    return id
  }

  struct NoID: Error {
    let text: String
  }

  static func item(
    _ sequence: UInt64, vector: UInt64? = nil, attributes: Attributes = ["section": .string("games")]
  ) -> StoredItem {
    StoredItem(
      sequence: SequenceNumber(rawValue: sequence), vectorSequence: SequenceNumber(rawValue: vector ?? sequence),
      version: 7, contentHash: ContentHash(high: 1, low: 2),
      position: EventPosition(partition: partition, offset: Int64(sequence)),
      time: EventTime(millisecondsSince1970: 1_700_000_000_000), attributes: attributes)
  }

  static func tombstone(_ sequence: UInt64) -> Tombstone {
    Tombstone(
      sequence: SequenceNumber(rawValue: sequence), version: nil,
      position: EventPosition(partition: partition, offset: Int64(sequence)),
      time: EventTime(millisecondsSince1970: 1_700_000_000_001))
  }

  static func vector(_ sequence: UInt64) -> [Float] {
    (0..<dimension).map { Float(sequence) + Float($0) / 8 }
  }

  static func letter(_ partition: Int32, _ offset: Int64, milliseconds: Int64) -> DeadLetter {
    DeadLetter(
      position: EventPosition(
        partition: SourcePartition(topic: "catalog.items", partition: partition), offset: offset),
      key: nil, value: Array("{".utf8), code: "not-json", reason: "the value ends at byte 1",
      time: EventTime(millisecondsSince1970: milliseconds))
  }

  static func generation(_ number: UInt64, watermark: UInt64) -> GenerationRecord {
    GenerationRecord(
      number: number, watermark: watermark,
      file: SegmentFile(name: "\(number).segment", byteCount: 12_345, checksum: 0xDEAD_BEEF), rowCount: 3,
      parameters: HNSWParameters(m: 16, efConstruction: 200, seed: .max), fingerprint: metadata.model.fingerprint,
      probe: ProbeReport(
        queryCount: 1000, recallAt10: 0.987654321, selfSampleCount: 0, selfReachability: .infinity, ef: 64),
      state: .promoted, reason: "age", rejection: nil, timeMilliseconds: 5, buildSeconds: 0.1)
  }

  /// Writes `id` with a vector and a text at `sequence`.
  static func upsert(_ id: ItemID, _ sequence: UInt64, _ writer: any StoreWriting) throws {
    let vector = vector(sequence)
    try writer.putVector(SequenceNumber(rawValue: sequence), id, vector.span)
    try writer.putItem(id, item(sequence))
    try writer.putText(id, "text of \(id)")
  }

  /// Items `a` (1), `b` (2), `c` (3), the tombstone `d` (4), a position, a generation and a dead letter.
  static func fill(_ store: LMDBItemStore) throws {
    try store.write { writer in
      for (index, name) in ["a", "b", "c"].enumerated() { try upsert(id(name), UInt64(index + 1), writer) }
      try writer.putTombstone(id("d"), tombstone(4))
      try writer.putPosition(partition, StoredPosition(nextOffset: 5, lastOffset: 4, lastRecordHash: 9))
      try writer.putGeneration(generation(1, watermark: 3))
      try writer.putDeadLetter(letter(0, 17, milliseconds: 1))
    }
  }
}
