// Owns the parts of events that have many fields.

import IndexModel

/// What one committed batch did.
public struct BatchObservation: Sendable, Hashable {
  /// Mutations that set an item.
  public var upserts: Int
  /// Mutations that deleted an item.
  public var deletes: Int
  /// Of the upserts, those that set a vector.
  public var vectors: Int
  /// Events dropped because something newer was known.
  public var stale: Int
  /// Records delivered a second time.
  public var duplicates: Int
  /// Records parked.
  public var parked: Int
  /// Bytes of keys and values read.
  public var bytes: Int
  /// How long the transaction took.
  public var commitSeconds: Double
  /// Event time to searchable, of each applied mutation.
  public var freshnessLagSeconds: [Double]

  /// Describes a batch.
  public init(
    upserts: Int = 0, deletes: Int = 0, vectors: Int = 0, stale: Int = 0, duplicates: Int = 0, parked: Int = 0,
    bytes: Int = 0, commitSeconds: Double = 0, freshnessLagSeconds: [Double] = []
  ) {
    self.upserts = upserts
    self.deletes = deletes
    self.vectors = vectors
    self.stale = stale
    self.duplicates = duplicates
    self.parked = parked
    self.bytes = bytes
    self.commitSeconds = commitSeconds
    self.freshnessLagSeconds = freshnessLagSeconds
  }
}

/// A built generation, and what its probe measured.
public struct GenerationObservation: Sendable, Hashable {
  /// Its number.
  public var generation: UInt64
  /// Its rows.
  public var rows: Int
  /// Every vector up to this sequence is in it.
  public var watermark: SequenceNumber
  /// How long scan, build, write and probe took.
  public var buildSeconds: Double
  /// Share of the exact top 10 found.
  public var recallAt10: Double
  /// Share of sampled rows that found themselves.
  public var selfReachability: Double

  /// Describes a generation.
  public init(
    generation: UInt64, rows: Int, watermark: SequenceNumber, buildSeconds: Double, recallAt10: Double,
    selfReachability: Double
  ) {
    self.generation = generation
    self.rows = rows
    self.watermark = watermark
    self.buildSeconds = buildSeconds
    self.recallAt10 = recallAt10
    self.selfReachability = selfReachability
  }
}

/// The size of everything at one moment.
public struct IndexObservation: Sendable, Hashable {
  /// Live items.
  public var items = 0
  /// Tombstones kept.
  public var tombstones = 0
  /// Records parked in the store.
  public var deadLetters = 0
  /// Rows of the fresh tier, superseded ones included.
  public var freshRows = 0
  /// Of these, superseded.
  public var freshSupersededRows = 0
  /// Rows that the fresh tier can hold.
  public var freshCapacityRows = 0
  /// Rows of the serving generation, superseded ones included.
  public var mainRows = 0
  /// Of these, superseded.
  public var mainSupersededRows = 0
  /// The serving generation's number; 0 where none serves.
  public var generation: UInt64 = 0
  /// The newest committed mutation.
  public var durableSequence = SequenceNumber.zero
  /// The newest searchable mutation.
  public var searchableSequence = SequenceNumber.zero
  /// Records read and not yet applied.
  public var queuedRecords = 0
  /// Records between the searchable positions and the log's end, by partition.
  public var recordsBehind: [SourcePartition: Int64] = [:]

  /// Describes an empty index; set what is known.
  public init() {}
}
