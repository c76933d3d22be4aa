// Owns one event of every kind, and where the repository is.

import Foundation
import IndexModel
import Telemetry

enum Samples {
  /// The repository's root.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let partition = SourcePartition(topic: "items", partition: 3)

  static let generation = GenerationObservation(
    generation: 7, rows: 1000, watermark: SequenceNumber(rawValue: 1234), buildSeconds: 2.5, recallAt10: 0.98,
    selfReachability: 1)

  static var index: IndexObservation {
    var index = IndexObservation()
    index.items = 10
    index.freshRows = 4
    index.mainRows = 8
    index.generation = 7
    index.durableSequence = SequenceNumber(rawValue: 20)
    index.searchableSequence = SequenceNumber(rawValue: 19)
    index.recordsBehind = [partition: 5]
    return index
  }

  /// One event of every kind, in the order of the kinds.
  static let events: [TelemetryEvent] = [
    .batchApplied(
      BatchObservation(
        upserts: 8, deletes: 2, vectors: 7, stale: 3, duplicates: 1, parked: 1, bytes: 4096, commitSeconds: 0.004,
        freshnessLagSeconds: [0.003, 0.02, 0.02])),
    .deadLetterParked(
      position: EventPosition(partition: partition, offset: 42), code: "not-json", reason: "line 1: no value"),
    .textsEmbedded(count: 32, seconds: 0.05),
    .encoderRetried(attempt: 2, reason: "busy"),
    .ingestPaused(reason: "queue"),
    .ingestResumed,
    .storeRetried(code: "full", reason: "no space"),
    .storeFailed(code: "corrupt", reason: "checksum"),
    .sourceUnreachable(reason: "refused"),
    .sourceRecovered,
    .partitionsAdded([partition]),
    .positionReset(partition: partition, from: 100, to: 0),
    .readDelayed(partition: nil, reason: "no leader"),
    .announceFailed(reason: "no coordinator"),
    .clientLogged(severity: 6, text: "connected"),
    .rebuildStarted(generation: 7, reason: "growth", watermark: SequenceNumber(rawValue: 1234)),
    .rebuildProgressed(generation: 7, stage: "build", fractionDone: 0.5),
    .rebuildFailed(generation: 7, reason: "disk full"),
    .candidateRejected(generation, reason: "recall"),
    .generationPromoted(generation),
    .generationRetired(generation: 5),
    .generationRefused(generation: 6, reason: "checksum"),
    .leftoverRemoved(name: "generation-7.segment.building"),
    .searchServed(seconds: 0.0007, hits: 10),
    .searchFailed(code: "overloaded", reason: "too many searches wait"),
    .requestServed(method: "POST", route: "/v1/search", status: 200, seconds: 0.001),
    .indexObserved(index),
    .serving(name: "shop", address: "http://127.0.0.1:8080"),
    .shutdown(.drained),
  ]
}
