// Owns the engine's settings. The topology decides them; here they have their units and nothing else.

import IndexModel
import VectorIndex

/// Everything the engine is told at start.
public struct EngineConfiguration: Sendable {
  /// The topology's name.
  public var name: String
  /// Model, metric and version domain.
  public var metadata: StoreMetadata
  /// The fresh tier.
  public var fresh: FreshTierConfiguration
  /// The main tier.
  public var main: MainTierConfiguration
  /// When a new generation is built.
  public var rebuild: RebuildPolicy
  /// The stages of ingest.
  public var ingest: IngestConfiguration
  /// Searching.
  public var search: SearchConfiguration

  /// Gathers the settings.
  public init(
    name: String, metadata: StoreMetadata, fresh: FreshTierConfiguration = .init(),
    main: MainTierConfiguration = .init(), rebuild: RebuildPolicy = .init(), ingest: IngestConfiguration = .init(),
    search: SearchConfiguration = .init()
  ) {
    self.name = name
    self.metadata = metadata
    self.fresh = fresh
    self.main = main
    self.rebuild = rebuild
    self.ingest = ingest
    self.search = search
  }
}

/// Settings of the fresh tier.
public struct FreshTierConfiguration: Sendable, Hashable {
  /// Rows at which ingest waits until a promotion trims the tier.
  public var capacityRows = 100_000
  /// Rows of one chunk.
  public var chunkRows = 4096

  /// The defaults.
  public init() {}
}

/// Settings of the main tier.
public struct MainTierConfiguration: Sendable, Hashable {
  /// How graphs are built.
  public var parameters = HNSWParameters()
  /// How widely the graph is walked where a request does not say.
  public var ef = 64
  /// How widely it is walked at most.
  public var efMax = 1024
  /// Threads of a build.
  public var threadCount = 1
  /// Cores' worth of CPU that a rebuild may take over all its threads.
  public var cpuShare = 0.5
  /// What a candidate must prove.
  public var probe = ProbePlan()
  /// Generations kept, the serving one included.
  public var generationsKept = 2

  /// The defaults.
  public init() {}
}

/// What a candidate must prove before it serves.
public struct ProbePlan: Sendable, Hashable {
  /// Queries asked, none of them an item.
  public var queryCount = 1000
  /// The least recall@10 against exact answers.
  public var recallMin = 0.95
  /// Rows that are asked for themselves.
  public var selfSampleCount = 200
  /// The least share of them that must find themselves, or an equal vector.
  public var reachabilityMin = 0.99
  /// Seed of queries and sample.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}
}

/// Settings of ingest.
public struct IngestConfiguration: Sendable, Hashable {
  /// Records that may wait between two stages.
  public var queueRecordsMax = 8192
  /// Bytes that may wait between two stages.
  public var queueBytesMax = 64 << 20
  /// Records of one transaction.
  public var commitRowsMax = 1024
  /// Texts of one call to the encoder.
  public var embedBatchMax = 64
  /// Whether normalised texts are kept for re-embedding.
  public var keepsText = true

  /// The defaults.
  public init() {}
}

/// Settings of searching.
public struct SearchConfiguration: Sendable, Hashable {
  /// Threads that answer searches.
  public var threadCount = 2
  /// Searches that may wait for a thread.
  public var queuedMax = 256
  /// The largest `k`.
  public var kMax = 1000
  /// Whether a vector without a model's name is taken to be the index's model's: the topology declares it.
  public var assumesModel = false

  /// The defaults.
  public init() {}
}
