// Owns what each event does to the metrics.

import IndexModel

extension TelemetryEvent {
  /// What this event does to the metrics; label values in the order of the metric's label names.
  public var updates: [MetricUpdate] {
    switch self {
    case .batchApplied(let batch): batch.updates
    case .deadLetterParked(_, let code, _): [.add(.recordsParked, 1, [code])]
    case .textsEmbedded(let count, let seconds):
      [.add(.textsEmbedded, Double(count)), .observe(.embedDuration, [seconds])]
    case .encoderRetried: [.add(.encoderRetries, 1)]
    case .ingestPaused(let reason): [.set(.ingestPaused, 1), .add(.ingestPauses, 1, [reason])]
    case .ingestResumed: [.set(.ingestPaused, 0)]
    case .storeRetried(let code, _): [.add(.storeRetries, 1, [code])]
    case .storeFailed(let code, _): [.add(.storeFailures, 1, [code])]
    case .sourceUnreachable, .sourceRecovered, .partitionsAdded, .positionReset, .readDelayed, .announceFailed:
      [.add(.sourceNotices, 1, [kind.rawValue])]
    case .clientLogged: []
    case .rebuildStarted: [.add(.rebuildsStarted, 1), .set(.rebuildProgress, 0)]
    case .rebuildProgressed(_, _, let fractionDone): [.set(.rebuildProgress, fractionDone)]
    case .rebuildFailed: [.add(.rebuilds, 1, ["failed"]), .set(.rebuildProgress, 0)]
    case .candidateRejected(let generation, _):
      [
        .add(.rebuilds, 1, ["rejected"]), .set(.rebuildProgress, 0),
        .observe(.rebuildDuration, [generation.buildSeconds]), .set(.candidateRecall, generation.recallAt10),
      ]
    case .generationPromoted(let generation):
      [
        .add(.rebuilds, 1, ["promoted"]), .set(.rebuildProgress, 0),
        .observe(.rebuildDuration, [generation.buildSeconds]), .set(.candidateRecall, generation.recallAt10),
        .set(.generation, Double(generation.generation)),
      ]
    case .generationRetired: [.add(.generationsRetired, 1)]
    case .leftoverRemoved: []
    case .generationRefused: [.add(.generationsRefused, 1)]
    case .searchServed(let seconds, let hits):
      [.observe(.searchDuration, [seconds]), .add(.searchHits, Double(hits))]
    case .searchFailed(let code, _): [.add(.searchesFailed, 1, [code])]
    case .requestServed(let method, let route, let status, let seconds):
      [.add(.requests, 1, [method, route, "\(status)"]), .observe(.requestDuration, [seconds], [route])]
    case .indexObserved(let index): index.updates
    case .serving, .shutdown: []
    }
  }
}

extension BatchObservation {
  fileprivate var updates: [MetricUpdate] {
    [
      .add(.mutationsApplied, Double(upserts), ["upsert"]),
      .add(.mutationsApplied, Double(deletes), ["delete"]),
      .add(.vectorsSet, Double(vectors)),
      .add(.eventsDropped, Double(stale), ["stale"]),
      .add(.eventsDropped, Double(duplicates), ["duplicate"]),
      .add(.readBytes, Double(bytes)),
      .observe(.batchMutations, [Double(upserts + deletes)]),
      .observe(.commitDuration, [commitSeconds]),
      .observe(.freshnessLag, freshnessLagSeconds),
    ]
  }
}

extension IndexObservation {
  fileprivate var updates: [MetricUpdate] {
    let sizes: [MetricUpdate] = [
      .set(.items, Double(items)),
      .set(.tombstones, Double(tombstones)),
      .set(.deadLetters, Double(deadLetters)),
      .set(.freshRows, Double(freshRows)),
      .set(.freshSupersededRows, Double(freshSupersededRows)),
      .set(.freshCapacityRows, Double(freshCapacityRows)),
      .set(.mainRows, Double(mainRows)),
      .set(.mainSupersededRows, Double(mainSupersededRows)),
      .set(.generation, Double(generation)),
      .set(.sequence, Double(durableSequence.rawValue), ["durable"]),
      .set(.sequence, Double(searchableSequence.rawValue), ["searchable"]),
      .set(.queuedRecords, Double(queuedRecords)),
    ]
    return sizes
      + recordsBehind.map { partition, count in
        .set(.recordsBehind, Double(count), [partition.topic, "\(partition.partition)"])
      }
  }
}
