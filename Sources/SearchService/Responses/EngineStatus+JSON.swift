// Owns the body that answers `GET /v1/status`. Invariant: every field of `EngineStatus` is there under its own name.

import IndexModel
import TierEngine

extension EngineStatus {
  /// Writes the whole picture.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("name")
    writer.value(name)
    writer.name("model")
    writer.value(model)
    writer.name("metric")
    writer.value(metric.rawValue)
    writer.name("items")
    writer.value(items)
    writer.name("tombstones")
    writer.value(tombstones)
    writer.name("deadLetters")
    writer.value(deadLetters)
    writer.name("fresh")
    fresh.write(to: &writer)
    writer.name("main")
    if let main { main.write(to: &writer) } else { writer.null() }
    writer.name("durableSequence")
    writer.value(durableSequence.rawValue)
    writer.name("searchableSequence")
    writer.value(searchableSequence.rawValue)
    writer.name("positions")
    writer.value(positions)
    writer.name("recordsBehind")
    writer.value(SourcePositions(recordsBehind))
    writer.name("ingest")
    ingest.write(to: &writer)
    writer.name("rebuild")
    if let rebuild { rebuild.write(to: &writer) } else { writer.null() }
    writer.name("lastRejection")
    if let lastRejection { writer.value(lastRejection) } else { writer.null() }
    writer.name("searches")
    writer.value(searches)
    writer.name("searchNanoseconds")
    searchNanoseconds.write(to: &writer)
    writer.name("uptimeSeconds")
    writer.value(uptimeSeconds)
    writer.endObject()
  }
}

extension FreshTierStatus {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("rows")
    writer.value(rows)
    writer.name("superseded")
    writer.value(superseded)
    writer.name("capacityRows")
    writer.value(capacityRows)
    writer.endObject()
  }
}

extension MainTierStatus {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("generation")
    writer.value(generation)
    writer.name("rows")
    writer.value(rows)
    writer.name("superseded")
    writer.value(superseded)
    writer.name("watermark")
    writer.value(watermark.rawValue)
    writer.name("recallAt10")
    writer.value(recallAt10)
    writer.name("promotedAt")
    writer.value(promotedAt)
    writer.endObject()
  }
}

extension IngestStatus {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("recordsRead")
    writer.value(recordsRead)
    writer.name("applied")
    writer.value(applied)
    writer.name("droppedStale")
    writer.value(droppedStale)
    writer.name("parked")
    writer.value(parked)
    writer.name("embedded")
    writer.value(embedded)
    writer.name("appliedPerSecond")
    writer.value(appliedPerSecond)
    writer.name("freshnessLagMilliseconds")
    freshnessLagMilliseconds.write(to: &writer)
    writer.name("pausedBecause")
    if let pausedBecause { writer.value(pausedBecause) } else { writer.null() }
    writer.name("queuedRecords")
    writer.value(queuedRecords)
    writer.name("isExhausted")
    writer.value(isExhausted)
    writer.endObject()
  }
}

extension RebuildStatus {
  /// Writes the rebuild as status and the answer to a request to rebuild show it.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("generation")
    writer.value(generation)
    writer.name("reason")
    writer.value(reason)
    writer.name("stage")
    writer.value(stage.rawValue)
    writer.name("fractionDone")
    writer.value(fractionDone)
    writer.name("elapsedSeconds")
    writer.value(elapsedSeconds)
    writer.name("remainingSeconds")
    if let remainingSeconds { writer.value(remainingSeconds) } else { writer.null() }
    writer.endObject()
  }
}

extension Percentiles {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("p50")
    writer.value(p50)
    writer.name("p99")
    writer.value(p99)
    writer.endObject()
  }
}
