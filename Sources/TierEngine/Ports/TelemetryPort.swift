// Owns what the engine reports to the outside. The composition root turns each event into a log line and metrics.

import IndexModel

/// Something that operators should be able to see.
public enum EngineEvent: Sendable {
  /// A batch was committed and published.
  case batchApplied(BatchReport)
  /// A record was parked.
  case recordParked(position: EventPosition, code: String, reason: String)
  /// Texts were embedded.
  case textsEmbedded(count: Int, nanoseconds: UInt64)
  /// The encoder failed and is asked again.
  case encoderRetried(attempt: Int, message: String)
  /// Reading is paused.
  case ingestPaused(reason: String)
  /// Reading goes on.
  case ingestResumed
  /// A store transaction failed and is tried again.
  case storeRetried(StoreError)
  /// A rebuild began.
  case rebuildStarted(generation: UInt64, reason: String, watermark: SequenceNumber)
  /// A rebuild ended without a candidate.
  case rebuildFailed(generation: UInt64, message: String)
  /// A candidate did not pass its probe; the old generation goes on serving.
  case candidateRejected(GenerationRecord)
  /// A candidate passed and serves.
  case generationPromoted(GenerationRecord)
  /// A generation's file was given up.
  case generationRemoved(UInt64)
  /// A file was removed at start that a build cut short had left.
  case leftoverRemoved(name: String)
  /// A recorded generation could not be opened at start; an older one serves, or the fresh tier alone.
  case generationRefused(UInt64, message: String)
  /// A search was answered.
  case searchServed(nanoseconds: UInt64, hits: Int)
  /// A search was refused or failed.
  case searchFailed(SearchError)
}

/// What one committed batch did.
public struct BatchReport: Sendable, Hashable {
  /// Mutations applied.
  public var applied: Int
  /// Of these, deletes.
  public var deleted: Int
  /// Of these, mutations that set a vector.
  public var vectors: Int
  /// Events dropped because something newer was known.
  public var stale: Int
  /// Records delivered a second time.
  public var duplicates: Int
  /// Records parked.
  public var parked: Int
  /// Bytes of keys and values.
  public var bytes: Int
  /// How long the transaction took.
  public var commitNanoseconds: UInt64
  /// Event time to searchable of each applied mutation, in milliseconds.
  public var freshnessLagMilliseconds: [Double]

  /// Starts an empty report.
  public init() {
    applied = 0
    deleted = 0
    vectors = 0
    stale = 0
    duplicates = 0
    parked = 0
    bytes = 0
    commitNanoseconds = 0
    freshnessLagMilliseconds = []
  }
}

/// Receives the engine's events, from any thread; must not block.
public protocol TelemetryPort: Sendable {
  /// Takes one event.
  func record(_ event: EngineEvent)
}
