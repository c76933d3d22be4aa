// Owns the engine's view of the durable store. Invariant 1: one write transaction holds mutations, tombstones,
// dead letters and source positions; it is committed whole or not at all.

import IndexModel

/// A durable store of items, vectors and positions. One process at a time; one writer thread.
public protocol StorePort: AnyObject, Sendable {
  /// What the store was created for; written once.
  var metadata: StoreMetadata { get }

  /// Runs `body` in a write transaction on the calling thread (always the writer thread) and commits durably when it
  /// returns. Where `body` or the commit throws, nothing of the transaction stays. Throws `StoreError`.
  func write<Result>(_ body: (any StoreWriting) throws -> Result) throws -> Result

  /// Runs `body` in a read transaction: one consistent snapshot. From any thread; keep it short, because a long one
  /// stops the reuse of pages. Throws `StoreError`.
  func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result
}

extension StorePort {
  /// Visits the vectors with `after < sequence ≤ through` in order of sequence, in read transactions of at most
  /// `chunkRowCount` rows, so that no transaction is long. Rows removed meanwhile may be missing. `body` returns
  /// whether to go on.
  public func scanVectors(
    after: SequenceNumber, through: SequenceNumber, chunkRowCount: Int = 1024,
    _ body: (SequenceNumber, ItemID, Span<Float>) throws -> Bool
  ) throws {
    var last = after
    var goesOn = true
    while goesOn, last < through {
      var visited = 0
      try read { reader in
        try reader.forEachVector(after: last, through: through) { sequence, id, values in
          last = sequence
          visited += 1
          goesOn = try body(sequence, id, values)
          return goesOn && visited < chunkRowCount
        }
      }
      if visited < chunkRowCount { return }
    }
  }
}

/// Reads inside one transaction. Not to be kept beyond the closure that received it. Every method throws
/// `StoreError`.
public protocol StoreReading {
  /// The item's row, or `nil` where the id is unknown or deleted.
  func item(_ id: ItemID) throws -> StoredItem?
  /// The item's delete, where the last thing known of the id is that it was deleted.
  func tombstone(_ id: ItemID) throws -> Tombstone?
  /// The normalised text kept for re-embedding, or `nil` where none is kept.
  func text(_ id: ItemID) throws -> String?
  /// The vector that was set at `sequence`, or `nil` once it was superseded.
  func vector(_ sequence: SequenceNumber) throws -> [Float]?
  /// Visits live vectors with `after < sequence ≤ through` in order, values valid during the call; `body` returns
  /// whether to go on.
  func forEachVector(
    after: SequenceNumber, through: SequenceNumber,
    _ body: (SequenceNumber, ItemID, Span<Float>) throws -> Bool) throws
  /// Visits the sequences of all live vectors in order, without touching their values more than the store must.
  func forEachVectorSequence(_ body: (SequenceNumber) throws -> Void) throws
  /// The sequence of the newest mutation; zero in an empty store.
  func lastSequence() throws -> SequenceNumber
  /// Live items and live vectors.
  func counts() throws -> StoreCounts
  /// Every partition's position.
  func positions() throws -> [SourcePartition: StoredPosition]
  /// Every kept generation, oldest first.
  func generations() throws -> [GenerationRecord]
  /// Parked records, oldest first, at most `limit`.
  func deadLetters(limit: Int) throws -> [DeadLetter]
  /// The number of parked records.
  func deadLetterCount() throws -> Int
}

/// Changes inside one write transaction, each visible to reads of the same transaction.
public protocol StoreWriting: StoreReading {
  /// Writes the item's row; a tombstone of the id is removed.
  func putItem(_ id: ItemID, _ item: StoredItem) throws
  /// Removes the item's row and text, and writes its tombstone. Its vector is removed by `removeVector`.
  func putTombstone(_ id: ItemID, _ tombstone: Tombstone) throws
  /// Writes the text kept for re-embedding.
  func putText(_ id: ItemID, _ text: String) throws
  /// Forgets the text kept for re-embedding, where there is one.
  func removeText(_ id: ItemID) throws
  /// Appends a vector at `sequence`, which is greater than every vector's before.
  func putVector(_ sequence: SequenceNumber, _ id: ItemID, _ values: Span<Float>) throws
  /// Removes a superseded vector.
  func removeVector(_ sequence: SequenceNumber) throws
  /// Records how far the source was applied.
  func putPosition(_ partition: SourcePartition, _ position: StoredPosition) throws
  /// Writes or replaces a generation's record.
  func putGeneration(_ record: GenerationRecord) throws
  /// Forgets a generation.
  func removeGeneration(_ number: UInt64) throws
  /// Parks a record that could not be applied.
  func putDeadLetter(_ letter: DeadLetter) throws
  /// Forgets a parked record; returns whether it was there.
  func removeDeadLetter(_ position: EventPosition) throws -> Bool
}

/// What a store was created for. A store opened with another one is refused.
public struct StoreMetadata: Sendable, Hashable {
  /// The model that made the vectors.
  public var model: ModelIdentity
  /// How vectors are compared.
  public var metric: Metric
  /// The order of an item's events.
  public var versionDomain: VersionDomain

  /// Describes a store.
  public init(model: ModelIdentity, metric: Metric, versionDomain: VersionDomain) {
    self.model = model
    self.metric = metric
    self.versionDomain = versionDomain
  }
}

/// Live rows.
public struct StoreCounts: Sendable, Hashable {
  /// Items that are not deleted.
  public var items: Int
  /// Tombstones kept.
  public var tombstones: Int

  /// Counts rows.
  public init(items: Int, tombstones: Int) {
    self.items = items
    self.tombstones = tombstones
  }
}

/// An item's row.
public struct StoredItem: Sendable, Hashable {
  /// The mutation that last changed the item.
  public var sequence: SequenceNumber
  /// The mutation that set its vector, which is also the vector's key. Tier membership follows this one.
  public var vectorSequence: SequenceNumber
  /// The version in `version: field`.
  public var version: UInt64?
  /// Hash of the normalised text that was embedded; `nil` where the vector was supplied.
  public var contentHash: ContentHash?
  /// Whether the vector is a stand-in.
  public var isProvisional: Bool
  /// The event that last changed the item.
  public var position: EventPosition
  /// When that event happened.
  public var time: EventTime
  /// The item's attributes.
  public var attributes: Attributes

  /// Describes an item's row.
  public init(
    sequence: SequenceNumber, vectorSequence: SequenceNumber, version: UInt64?, contentHash: ContentHash?,
    isProvisional: Bool = false, position: EventPosition, time: EventTime, attributes: Attributes
  ) {
    self.sequence = sequence
    self.vectorSequence = vectorSequence
    self.version = version
    self.contentHash = contentHash
    self.isProvisional = isProvisional
    self.position = position
    self.time = time
    self.attributes = attributes
  }
}

/// A delete that fences late upserts, also of ids never seen.
public struct Tombstone: Sendable, Hashable {
  /// The mutation that deleted the item.
  public var sequence: SequenceNumber
  /// The version in `version: field`.
  public var version: UInt64?
  /// The event that deleted the item.
  public var position: EventPosition
  /// When that event happened.
  public var time: EventTime

  /// Describes a delete.
  public init(sequence: SequenceNumber, version: UInt64?, position: EventPosition, time: EventTime) {
    self.sequence = sequence
    self.version = version
    self.position = position
    self.time = time
  }
}

/// 128 bits of a cryptographic hash over normalised text and nothing else.
public struct ContentHash: Sendable, Hashable {
  /// The first 64 bits.
  public var high: UInt64
  /// The last 64 bits.
  public var low: UInt64

  /// Wraps a hash.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// How far one partition was applied.
public struct StoredPosition: Sendable, Hashable {
  /// The next offset to read.
  public var nextOffset: Int64
  /// The last applied record's offset; below `nextOffset`, because a log may have gaps. `nil` before the first one.
  public var lastOffset: Int64?
  /// Hash of the last applied record; another record at that offset means that the log was replaced.
  public var lastRecordHash: UInt64

  /// Describes a position.
  public init(nextOffset: Int64, lastOffset: Int64?, lastRecordHash: UInt64) {
    self.nextOffset = nextOffset
    self.lastOffset = lastOffset
    self.lastRecordHash = lastRecordHash
  }
}

/// A record that could not be applied, kept as it came.
public struct DeadLetter: Sendable, Hashable {
  /// Where it stands in the log.
  public var position: EventPosition
  /// The record's key.
  public var key: [UInt8]?
  /// The record's value.
  public var value: [UInt8]?
  /// A short stable word for counting, such as `not-json`.
  public var code: String
  /// What is wrong, naming the field, and what to do.
  public var reason: String
  /// When the record was written to the log.
  public var time: EventTime

  /// Describes a parked record.
  public init(
    position: EventPosition, key: [UInt8]?, value: [UInt8]?, code: String, reason: String, time: EventTime
  ) {
    self.position = position
    self.key = key
    self.value = value
    self.code = code
    self.reason = reason
    self.time = time
  }
}
