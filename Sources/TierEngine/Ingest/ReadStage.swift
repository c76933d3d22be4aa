// Owns the first stage of ingest: poll and decode. Invariant 9: poll never waits for a model; when the queue behind it
// fills, the source is paused and polling goes on.

import IndexModel

/// The reading thread's loop.
struct ReadStage {
  /// Queue fill at which the source is paused, and at which it goes on: the gap is the hysteresis, because a pause
  /// discards what was prefetched.
  static let pauseFill = 0.9
  static let resumeFill = 0.3

  /// How often the outside is told how far the store has come.
  static let announceNanoseconds: UInt64 = 1_000_000_000

  let source: any EventSourcePort
  let decoder: any EventDecoderPort
  let output: BoundedQueue<DecodedEntry>
  let counters: IngestCounters
  let telemetry: any TelemetryPort
  let clock: any ClockPort
  let recordsMax: Int
  /// How far the store has come.
  let appliedPositions: @Sendable () -> [SourcePartition: StoredPosition]

  /// Reads until `isStopping` says so or a finite source ends, then closes the queue. Throws `EventSourceError`.
  func run(isStopping: () -> Bool) throws {
    defer { output.close() }
    var isPaused = false
    var announced: [SourcePartition: StoredPosition] = [:]
    var announcedNanoseconds = clock.monotonicNanoseconds
    while !isStopping() {
      let now = clock.monotonicNanoseconds
      if now - announcedNanoseconds >= Self.announceNanoseconds {
        announcedNanoseconds = now
        let positions = appliedPositions()
        if positions != announced { source.announce(positions) }
        announced = positions
      }
      let fill = output.fill
      if !isPaused, fill >= Self.pauseFill {
        try source.pause()
        isPaused = true
        counters.setPaused("records wait for embedding or for the store")
        telemetry.record(.ingestPaused(reason: "records wait for embedding or for the store"))
      } else if isPaused, fill <= Self.resumeFill {
        try source.resume()
        isPaused = false
        counters.setPaused(nil)
        telemetry.record(.ingestResumed)
      }
      for record in try source.poll(maxCount: recordsMax, timeoutMilliseconds: isPaused ? 10 : 100) {
        counters.recordsRead.add(1, ordering: .relaxed)
        output.append(decode(record), bytes: record.byteCount)
      }
      if source.isExhausted {
        counters.isExhausted.store(true, ordering: .relaxed)
        return
      }
    }
  }

  private func decode(_ record: SourceRecord) -> DecodedEntry {
    let progress = RecordProgress(
      position: record.position, nextOffset: record.nextOffset, followsReset: record.followsReset)
    switch decoder.decode(record) {
    case .success(let event):
      return DecodedEntry(progress: progress, content: .event(event, RawRecord(key: record.key, value: record.value)))
    case .failure(let failure):
      let letter = DeadLetter(
        position: record.position, key: record.key, value: record.value, code: failure.code, reason: failure.reason,
        time: record.time)
      return DecodedEntry(progress: progress, content: .poison(letter))
    }
  }
}

extension SourceRecord {
  /// The record's size in a queue, its own overhead included.
  var byteCount: Int { (key?.count ?? 0) + (value?.count ?? 0) + 128 }
}
