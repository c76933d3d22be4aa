// Owns the picture of the engine that status, readiness and the terminal show.

import IndexModel

/// What the engine is and does, at one moment.
public struct EngineStatus: Sendable, Hashable {
  /// The topology's name.
  public var name: String
  /// The model of the index.
  public var model: ModelIdentity
  /// How vectors are compared.
  public var metric: Metric
  /// Live items.
  public var items: Int
  /// Tombstones kept.
  public var tombstones: Int
  /// Records parked.
  public var deadLetters: Int
  /// Rows and bounds of the fresh tier.
  public var fresh: FreshTierStatus
  /// The serving generation, if any.
  public var main: MainTierStatus?
  /// The newest committed mutation.
  public var durableSequence: SequenceNumber
  /// The newest searchable mutation.
  public var searchableSequence: SequenceNumber
  /// The positions that searches reflect.
  public var positions: SourcePositions
  /// Records between those positions and the log's end, by partition, as last seen.
  public var recordsBehind: [SourcePartition: Int64]
  /// Event and apply rates.
  public var ingest: IngestStatus
  /// The rebuild that is under way, if any.
  public var rebuild: RebuildStatus?
  /// Why the newest candidate was rejected, until one is promoted.
  public var lastRejection: String?
  /// Searches answered since start.
  public var searches: UInt64
  /// Nanoseconds at the 50th and 99th percentile of the last minute's searches.
  public var searchNanoseconds: Percentiles
  /// Seconds since start.
  public var uptimeSeconds: Double

  /// Describes an engine.
  public init(
    name: String, model: ModelIdentity, metric: Metric, items: Int, tombstones: Int, deadLetters: Int,
    fresh: FreshTierStatus, main: MainTierStatus?, durableSequence: SequenceNumber,
    searchableSequence: SequenceNumber, positions: SourcePositions, recordsBehind: [SourcePartition: Int64],
    ingest: IngestStatus, rebuild: RebuildStatus?, lastRejection: String?, searches: UInt64,
    searchNanoseconds: Percentiles, uptimeSeconds: Double
  ) {
    self.name = name
    self.model = model
    self.metric = metric
    self.items = items
    self.tombstones = tombstones
    self.deadLetters = deadLetters
    self.fresh = fresh
    self.main = main
    self.durableSequence = durableSequence
    self.searchableSequence = searchableSequence
    self.positions = positions
    self.recordsBehind = recordsBehind
    self.ingest = ingest
    self.rebuild = rebuild
    self.lastRejection = lastRejection
    self.searches = searches
    self.searchNanoseconds = searchNanoseconds
    self.uptimeSeconds = uptimeSeconds
  }
}

/// The fresh tier's rows.
public struct FreshTierStatus: Sendable, Hashable {
  /// Rows held, superseded ones included.
  public var rows: Int
  /// Rows that a newer mutation superseded.
  public var superseded: Int
  /// Rows at which ingest waits for a rebuild.
  public var capacityRows: Int

  /// Describes the fresh tier.
  public init(rows: Int, superseded: Int, capacityRows: Int) {
    self.rows = rows
    self.superseded = superseded
    self.capacityRows = capacityRows
  }
}

/// The serving generation.
public struct MainTierStatus: Sendable, Hashable {
  /// Its number.
  public var generation: UInt64
  /// Its rows, superseded ones included.
  public var rows: Int
  /// Rows that a newer mutation superseded.
  public var superseded: Int
  /// Every vector up to this sequence is in it.
  public var watermark: SequenceNumber
  /// What its probe measured.
  public var recallAt10: Double
  /// When it was promoted.
  public var promotedAt: EventTime

  /// Describes a generation.
  public init(
    generation: UInt64, rows: Int, superseded: Int, watermark: SequenceNumber, recallAt10: Double,
    promotedAt: EventTime
  ) {
    self.generation = generation
    self.rows = rows
    self.superseded = superseded
    self.watermark = watermark
    self.recallAt10 = recallAt10
    self.promotedAt = promotedAt
  }
}

/// What came in.
public struct IngestStatus: Sendable, Hashable {
  /// Records read since start.
  public var recordsRead: UInt64
  /// Mutations applied since start.
  public var applied: UInt64
  /// Events dropped because something newer was known.
  public var droppedStale: UInt64
  /// Records parked since start.
  public var parked: UInt64
  /// Texts embedded since start.
  public var embedded: UInt64
  /// Mutations applied a second, over the last few seconds.
  public var appliedPerSecond: Double
  /// Event time to searchable, in milliseconds, over the last minute's events.
  public var freshnessLagMilliseconds: Percentiles
  /// Why reading is paused, if it is.
  public var pausedBecause: String?
  /// Records read and not yet applied.
  public var queuedRecords: Int
  /// Whether a finite source was read to its end.
  public var isExhausted: Bool

  /// Describes ingest.
  public init(
    recordsRead: UInt64, applied: UInt64, droppedStale: UInt64, parked: UInt64, embedded: UInt64,
    appliedPerSecond: Double, freshnessLagMilliseconds: Percentiles, pausedBecause: String?, queuedRecords: Int,
    isExhausted: Bool
  ) {
    self.recordsRead = recordsRead
    self.applied = applied
    self.droppedStale = droppedStale
    self.parked = parked
    self.embedded = embedded
    self.appliedPerSecond = appliedPerSecond
    self.freshnessLagMilliseconds = freshnessLagMilliseconds
    self.pausedBecause = pausedBecause
    self.queuedRecords = queuedRecords
    self.isExhausted = isExhausted
  }
}

/// A rebuild under way.
public struct RebuildStatus: Sendable, Hashable {
  /// What a rebuild does, in order.
  public enum Stage: String, Sendable, Hashable, CaseIterable {
    /// Reading vectors from the store.
    case scan
    /// Building the graph.
    case build
    /// Writing and verifying the file.
    case write
    /// Measuring recall.
    case probe
    /// Taking its place.
    case promote
  }

  /// The number that the candidate will have.
  public var generation: UInt64
  /// Why it is built.
  public var reason: String
  /// What it does now.
  public var stage: Stage
  /// How much of the whole is done, 0...1.
  public var fractionDone: Double
  /// Seconds since it started.
  public var elapsedSeconds: Double
  /// Seconds until it ends, estimated from the fraction done; `nil` where too early to say.
  public var remainingSeconds: Double?

  /// Describes a rebuild.
  public init(
    generation: UInt64, reason: String, stage: Stage, fractionDone: Double, elapsedSeconds: Double,
    remainingSeconds: Double?
  ) {
    self.generation = generation
    self.reason = reason
    self.stage = stage
    self.fractionDone = fractionDone
    self.elapsedSeconds = elapsedSeconds
    self.remainingSeconds = remainingSeconds
  }
}

/// Two quantiles of recent values; zero where there were none.
public struct Percentiles: Sendable, Hashable {
  /// Half of the values are at most this.
  public var p50: Double
  /// 99 of 100 values are at most this.
  public var p99: Double

  /// Pairs two quantiles.
  public init(p50: Double = 0, p99: Double = 0) {
    self.p50 = p50
    self.p99 = p99
  }
}

/// Whether the engine should receive traffic.
public struct Readiness: Sendable, Hashable {
  /// What is missing; empty when ready.
  public var reasons: [String]

  /// Gathers what is missing.
  public init(reasons: [String] = []) {
    self.reasons = reasons
  }

  /// Nothing is missing.
  public var isReady: Bool { reasons.isEmpty }
}
