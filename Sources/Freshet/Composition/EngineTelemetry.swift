// Owns the one switch that turns what the engine and the sources report into telemetry events.

import EventSource
import IndexModel
import Logging
import Telemetry
import TierEngine

/// Log lines and metrics of one index.
struct EngineTelemetry: TelemetryPort {
  let metrics: PrometheusRegistry
  private let recorder: TelemetryRecorder

  init(logger: Logger) {
    metrics = PrometheusRegistry()
    recorder = TelemetryRecorder(logger: logger, registry: metrics)
  }

  /// Takes an event that is not the engine's.
  func record(_ event: TelemetryEvent) {
    recorder.record(event)
  }

  func record(_ event: EngineEvent) {
    recorder.record(TelemetryEvent(event))
  }

  /// Takes a notice of a Kafka source.
  func record(_ notice: SourceNotice) {
    recorder.record(TelemetryEvent(notice))
  }
}

extension TelemetryEvent {
  init(_ event: EngineEvent) {
    self =
      switch event {
      case .batchApplied(let report): .batchApplied(BatchObservation(report))
      case .recordParked(let position, let code, let reason):
        .deadLetterParked(position: position, code: code, reason: reason)
      case .textsEmbedded(let count, let nanoseconds):
        .textsEmbedded(count: count, seconds: Double(nanoseconds) / 1e9)
      case .encoderRetried(let attempt, let message): .encoderRetried(attempt: attempt, reason: message)
      case .ingestPaused(let reason): .ingestPaused(reason: reason)
      case .ingestResumed: .ingestResumed
      case .storeRetried(let error): .storeRetried(code: error.code.rawValue, reason: error.message)
      case .rebuildStarted(let generation, let reason, let watermark):
        .rebuildStarted(generation: generation, reason: reason, watermark: watermark)
      case .rebuildFailed(let generation, let message): .rebuildFailed(generation: generation, reason: message)
      case .candidateRejected(let record):
        .candidateRejected(GenerationObservation(record), reason: record.rejection ?? "")
      case .generationPromoted(let record): .generationPromoted(GenerationObservation(record))
      case .generationRemoved(let number): .generationRetired(generation: number)
      case .leftoverRemoved(let name): .leftoverRemoved(name: name)
      case .generationRefused(let number, let message): .generationRefused(generation: number, reason: message)
      case .searchServed(let nanoseconds, let hits): .searchServed(seconds: Double(nanoseconds) / 1e9, hits: hits)
      case .searchFailed(let error): .searchFailed(code: error.code, reason: error.description)
      }
  }

  init(_ notice: SourceNotice) {
    self =
      switch notice {
      case .unreachable(let reason): .sourceUnreachable(reason: reason)
      case .recovered: .sourceRecovered
      case .partitionsAdded(let partitions): .partitionsAdded(partitions)
      case .positionReset(let partition, let from, let to, _): .positionReset(partition: partition, from: from, to: to)
      case .readDelayed(let partition, let reason): .readDelayed(partition: partition, reason: reason)
      case .announceFailed(let reason): .announceFailed(reason: reason)
      case .clientLog(let level, let message): .clientLogged(severity: level, text: message)
      }
  }
}

extension BatchObservation {
  init(_ report: BatchReport) {
    self.init(
      upserts: report.applied - report.deleted, deletes: report.deleted, vectors: report.vectors, stale: report.stale,
      duplicates: report.duplicates, parked: report.parked, bytes: report.bytes,
      commitSeconds: Double(report.commitNanoseconds) / 1e9,
      freshnessLagSeconds: report.freshnessLagMilliseconds.map { $0 / 1000 })
  }
}

extension GenerationObservation {
  init(_ record: GenerationRecord) {
    self.init(
      generation: record.number, rows: record.rowCount, watermark: SequenceNumber(rawValue: record.watermark),
      buildSeconds: record.buildSeconds, recallAt10: record.probe.recallAt10,
      selfReachability: record.probe.selfReachability)
  }
}

extension IndexObservation {
  init(_ status: EngineStatus) {
    self.init()
    items = status.items
    tombstones = status.tombstones
    deadLetters = status.deadLetters
    freshRows = status.fresh.rows
    freshSupersededRows = status.fresh.superseded
    freshCapacityRows = status.fresh.capacityRows
    mainRows = status.main?.rows ?? 0
    mainSupersededRows = status.main?.superseded ?? 0
    generation = status.main?.generation ?? 0
    durableSequence = status.durableSequence
    searchableSequence = status.searchableSequence
    queuedRecords = status.ingest.queuedRecords
    recordsBehind = status.recordsBehind
  }
}
