// Owns the name, level and message of every kind of event. Invariant: a kind's message never changes with its fields,
// so that lines can be counted and searched for.

import Logging

extension TelemetryEvent {
  /// What an event is about; its raw value is the `event` field of log lines.
  public enum Kind: String, Sendable, CaseIterable {
    case batchApplied = "batch-applied"
    case deadLetterParked = "dead-letter-parked"
    case textsEmbedded = "texts-embedded"
    case encoderRetried = "encoder-retried"
    case ingestPaused = "ingest-paused"
    case ingestResumed = "ingest-resumed"
    case storeRetried = "store-retried"
    case storeFailed = "store-failed"
    case sourceUnreachable = "source-unreachable"
    case sourceRecovered = "source-recovered"
    case partitionsAdded = "partitions-added"
    case positionReset = "position-reset"
    case readDelayed = "read-delayed"
    case announceFailed = "announce-failed"
    case clientLogged = "client-logged"
    case rebuildStarted = "rebuild-started"
    case rebuildProgressed = "rebuild-progressed"
    case rebuildFailed = "rebuild-failed"
    case candidateRejected = "candidate-rejected"
    case generationPromoted = "generation-promoted"
    case generationRetired = "generation-retired"
    case generationRefused = "generation-refused"
    case leftoverRemoved = "leftover-removed"
    case searchServed = "search-served"
    case searchFailed = "search-failed"
    case requestServed = "request-served"
    case indexObserved = "index-observed"
    case serving
    case shutdown
  }

  /// What this event is about.
  public var kind: Kind {
    switch self {
    case .batchApplied: .batchApplied
    case .deadLetterParked: .deadLetterParked
    case .textsEmbedded: .textsEmbedded
    case .encoderRetried: .encoderRetried
    case .ingestPaused: .ingestPaused
    case .ingestResumed: .ingestResumed
    case .storeRetried: .storeRetried
    case .storeFailed: .storeFailed
    case .sourceUnreachable: .sourceUnreachable
    case .sourceRecovered: .sourceRecovered
    case .partitionsAdded: .partitionsAdded
    case .positionReset: .positionReset
    case .readDelayed: .readDelayed
    case .announceFailed: .announceFailed
    case .clientLogged: .clientLogged
    case .rebuildStarted: .rebuildStarted
    case .rebuildProgressed: .rebuildProgressed
    case .rebuildFailed: .rebuildFailed
    case .candidateRejected: .candidateRejected
    case .generationPromoted: .generationPromoted
    case .generationRetired: .generationRetired
    case .generationRefused: .generationRefused
    case .leftoverRemoved: .leftoverRemoved
    case .searchServed: .searchServed
    case .searchFailed: .searchFailed
    case .requestServed: .requestServed
    case .indexObserved: .indexObserved
    case .serving: .serving
    case .shutdown: .shutdown
    }
  }

  /// The level of this event's log line: its kind's, and for the client library's lines the library's own.
  public var level: Logger.Level {
    guard case .clientLogged(let severity, _) = self else { return kind.level }
    switch severity {
    case ...3: return .error
    case 4: return .warning
    case 5: return .notice
    case 6: return .info
    default: return .debug
    }
  }
}

extension TelemetryEvent.Kind {
  /// The level of its log lines.
  public var level: Logger.Level { declaration.level }

  /// The message of its log lines.
  public var message: String { declaration.message }

  private var declaration: (level: Logger.Level, message: String) {
    switch self {
    case .batchApplied: (.debug, "applied a batch")
    case .deadLetterParked: (.warning, "parked a record as a dead letter")
    case .textsEmbedded: (.debug, "embedded texts")
    case .encoderRetried: (.warning, "the encoder failed, trying again")
    case .ingestPaused: (.info, "paused reading")
    case .ingestResumed: (.info, "reading goes on")
    case .storeRetried: (.warning, "a store transaction failed, trying again")
    case .storeFailed: (.error, "the store cannot go on")
    case .sourceUnreachable: (.warning, "the source does not answer, trying again")
    case .sourceRecovered: (.notice, "the source answers again")
    case .partitionsAdded: (.notice, "reading added partitions")
    case .positionReset: (.warning, "a stored position is not in the log, reading on elsewhere")
    case .readDelayed: (.warning, "reading is delayed, trying again")
    case .announceFailed: (.notice, "positions could not be announced to monitoring")
    case .clientLogged: (.info, "the source's client library says")
    case .rebuildStarted: (.info, "a rebuild began")
    case .rebuildProgressed: (.debug, "a rebuild goes on")
    case .rebuildFailed: (.error, "a rebuild ended without a candidate")
    case .candidateRejected: (.error, "a candidate failed its probe, the old generation serves on")
    case .generationPromoted: (.notice, "promoted a generation")
    case .generationRetired: (.info, "gave up an old generation")
    case .generationRefused: (.error, "a recorded generation cannot be opened")
    case .leftoverRemoved: (.info, "a file left by a build cut short was removed")
    case .searchServed: (.debug, "answered a search")
    case .searchFailed: (.info, "refused a search")
    case .requestServed: (.debug, "answered a request")
    case .indexObserved: (.trace, "measured the index")
    case .serving: (.notice, "serving")
    case .shutdown: (.notice, "shutting down")
    }
  }
}
