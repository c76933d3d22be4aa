// Owns what the log line of an event tells beside its message.

import IndexModel
import Logging

extension TelemetryEvent {
  /// The fields of this event's log line, without `event`.
  public var fields: Logger.Metadata {
    switch self {
    case .batchApplied(let batch): batch.fields
    case .deadLetterParked(let position, let code, let reason):
      ["position": "\(position)", "code": "\(code)", "reason": "\(reason)"]
    case .textsEmbedded(let count, let seconds): ["count": "\(count)", "seconds": "\(seconds)"]
    case .encoderRetried(let attempt, let reason): ["attempt": "\(attempt)", "reason": "\(reason)"]
    case .ingestPaused(let reason), .sourceUnreachable(let reason), .announceFailed(let reason):
      ["reason": "\(reason)"]
    case .ingestResumed, .sourceRecovered: [:]
    case .storeRetried(let code, let reason), .storeFailed(let code, let reason), .searchFailed(let code, let reason):
      ["code": "\(code)", "reason": "\(reason)"]
    case .partitionsAdded(let partitions): ["partitions": .array(partitions.map { "\($0)" })]
    case .positionReset(let partition, let from, let to):
      ["partition": "\(partition)", "from": "\(from)", "to": "\(to)"]
    case .readDelayed(let partition, let reason):
      ["partition": "\(partition?.description ?? "all")", "reason": "\(reason)"]
    case .clientLogged(let severity, let text): ["severity": "\(severity)", "text": "\(text)"]
    case .rebuildStarted(let generation, let reason, let watermark):
      ["generation": "\(generation)", "reason": "\(reason)", "watermark": "\(watermark)"]
    case .rebuildProgressed(let generation, let stage, let fractionDone):
      ["generation": "\(generation)", "stage": "\(stage)", "fractionDone": "\(fractionDone)"]
    case .leftoverRemoved(let name): ["name": "\(name)"]
    case .rebuildFailed(let generation, let reason), .generationRefused(let generation, let reason):
      ["generation": "\(generation)", "reason": "\(reason)"]
    case .candidateRejected(let generation, let reason):
      generation.fields.merging(["reason": "\(reason)"]) { _, new in new }
    case .generationPromoted(let generation): generation.fields
    case .generationRetired(let generation): ["generation": "\(generation)"]
    case .searchServed(let seconds, let hits): ["seconds": "\(seconds)", "hits": "\(hits)"]
    case .requestServed(let method, let route, let status, let seconds):
      ["method": "\(method)", "route": "\(route)", "status": "\(status)", "seconds": "\(seconds)"]
    case .indexObserved(let index): index.fields
    case .serving(let name, let address): ["name": "\(name)", "address": "\(address)"]
    case .shutdown(let step): ["step": "\(step.rawValue)"]
    }
  }
}

extension BatchObservation {
  fileprivate var fields: Logger.Metadata {
    [
      "upserts": "\(upserts)", "deletes": "\(deletes)", "vectors": "\(vectors)", "stale": "\(stale)",
      "duplicates": "\(duplicates)", "parked": "\(parked)", "bytes": "\(bytes)", "commitSeconds": "\(commitSeconds)",
    ]
  }
}

extension GenerationObservation {
  fileprivate var fields: Logger.Metadata {
    [
      "generation": "\(generation)", "rows": "\(rows)", "watermark": "\(watermark)",
      "buildSeconds": "\(buildSeconds)", "recallAt10": "\(recallAt10)", "selfReachability": "\(selfReachability)",
    ]
  }
}

extension IndexObservation {
  fileprivate var fields: Logger.Metadata {
    [
      "items": "\(items)", "freshRows": "\(freshRows)", "mainRows": "\(mainRows)", "generation": "\(generation)",
      "searchableSequence": "\(searchableSequence)", "queuedRecords": "\(queuedRecords)",
    ]
  }
}
