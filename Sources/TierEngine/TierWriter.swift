// Owns every change to the tiers: applying batches, beginning a rebuild, promoting. Takes turns by a fair lock, so
// that there is one writer at a time. Invariants 1 to 4: commit first, then rows and marks, then one publication.

import Foundation
import IndexModel
import Synchronization

/// The one writer of store, fresh tier and published tier set.
final class TierWriter: @unchecked Sendable {
  // SAFETY: every `var` below is read and written only inside `turn`, but for those that have a guard of their own.
  private let turn = FairLock()
  private var fresh: FreshTier
  private var generation: Generation?
  private var lastSequence: SequenceNumber
  private var storedPositions: [SourcePartition: StoredPosition]
  private var supersededDuringRebuild: [(vectorSequence: SequenceNumber, by: SequenceNumber)]?
  private var lastGenerationNumber: UInt64

  private let configuration: EngineConfiguration
  private let ports: EnginePorts
  private let embedder: ItemEmbedder
  private let published: PublishedTierSet
  private let waiters: PositionWaiters
  private let counters: IngestCounters
  private let room = RoomGate()

  init(
    recovered: RecoveredTiers, configuration: EngineConfiguration, ports: EnginePorts, embedder: ItemEmbedder,
    published: PublishedTierSet, waiters: PositionWaiters, counters: IngestCounters
  ) {
    fresh = recovered.fresh
    generation = recovered.generation
    lastSequence = recovered.lastSequence
    storedPositions = recovered.positions
    lastGenerationNumber = recovered.lastGenerationNumber
    self.configuration = configuration
    self.ports = ports
    self.embedder = embedder
    self.published = published
    self.waiters = waiters
    self.counters = counters
    room.update(rows: fresh.rowCount)
  }

  /// How far the source was applied.
  var positions: [SourcePartition: StoredPosition] { turn.withLock { storedPositions } }

  /// Rows of both tiers and how many of them are superseded, for the rebuild policy and status.
  var tierCounts: (freshRows: Int, freshSuperseded: Int, generation: Generation?) {
    turn.withLock { (fresh.rowCount, fresh.supersededCount, generation) }
  }

  /// Waits until the fresh tier has room. Returns `false` where ingest was stopped meanwhile.
  func waitForRoom(_ stopSignal: StopSignal) -> Bool {
    guard !room.hasRoom(configuration.fresh.capacityRows) else { return true }
    let reason = "the fresh tier is full (\(configuration.fresh.capacityRows) rows) until the next promotion"
    counters.setPaused(reason)
    ports.telemetry.record(.ingestPaused(reason: reason))
    while !room.wait(capacity: configuration.fresh.capacityRows, seconds: 0.2) {
      if stopSignal.isSet { return false }
    }
    counters.setPaused(nil)
    ports.telemetry.record(.ingestResumed)
    return true
  }

  /// Applies a batch in one transaction, then publishes it. Throws `StoreError`; then nothing changed.
  func apply(_ entries: [PreparedEntry]) throws {
    let report = try turn.withLock { try applyInTurn(entries) }
    ports.telemetry.record(.batchApplied(report))
  }

  /// Takes a watermark for a rebuild and begins to note what is superseded from here on.
  func beginRebuild(reason: String) -> RebuildOrder {
    turn.withLock {
      supersededDuringRebuild = []
      return RebuildOrder(number: lastGenerationNumber + 1, reason: reason, watermark: lastSequence)
    }
  }

  /// Forgets the notes of a rebuild that made nothing.
  func endRebuild() {
    turn.withLock { supersededDuringRebuild = nil }
  }

  /// Records a promotable candidate, publishes it, and gives up generations beyond the kept ones. Throws `StoreError`;
  /// then the candidate's file is gone and the old generation goes on serving.
  func promote(_ promotable: consuming PromotableCandidate) throws -> GenerationRecord {
    let record = promotable.candidate.record(promotable.report, state: .promoted, clock: ports.clock)
    // Sorting a large segment's sequences takes a while: before the turn, so that ingest does not wait for it.
    let next = Generation(record: record, segment: promotable.candidate.segment)
    let removed = try turn.withLock { () throws -> [GenerationRecord] in
      ports.failpoint(.betweenRenameAndRecord)
      let removed = try recordPromotion(record)
      for (vectorSequence, by) in supersededDuringRebuild ?? [] { next.supersede(vectorSequence, by: by) }
      supersededDuringRebuild = nil
      lastGenerationNumber = record.number
      generation = next
      fresh.trim(through: next.watermark)
      publish()
      room.update(rows: fresh.rowCount)
      return removed
    }
    for old in removed {
      // A file that cannot be removed now is removed at the next start.
      try? ports.segments.remove(old.file)
      ports.telemetry.record(.generationRemoved(old.number))
    }
    ports.telemetry.record(.generationPromoted(record))
    return record
  }

  /// Records a rejected candidate and removes its file. Throws `StoreError`.
  func reject(_ rejected: consuming RejectedCandidate) throws -> GenerationRecord {
    let record = rejected.candidate.record(
      rejected.report, state: .rejected, rejection: rejected.why, clock: ports.clock)
    // A file that cannot be removed now is removed at the next start.
    try? ports.segments.remove(record.file)
    try turn.withLock {
      supersededDuringRebuild = nil
      lastGenerationNumber = record.number
      try ports.store.write { try GenerationLedger($0).reject(record) }
    }
    ports.telemetry.record(.candidateRejected(record))
    return record
  }

  private func recordPromotion(_ record: GenerationRecord) throws -> [GenerationRecord] {
    do {
      return try ports.store.write { writer in
        try GenerationLedger(writer).promote(record, kept: configuration.main.generationsKept)
      }
    } catch {
      try? ports.segments.remove(record.file)
      throw error
    }
  }

  private func applyInTurn(_ entries: [PreparedEntry]) throws -> BatchReport {
    let started = ports.clock.monotonicNanoseconds
    var outcome = try ports.store.write { writer in
      try BatchApplier(
        versionDomain: configuration.metadata.versionDomain, keepsText: configuration.ingest.keepsText,
        lastSequence: lastSequence, writer: writer,
        embedNow: { [embedder] text in try embedder.embed([text])[0].get() }
      ).apply(entries, after: storedPositions)
    }
    outcome.report.commitNanoseconds = ports.clock.monotonicNanoseconds - started
    ports.failpoint(.afterCommitBeforePublish)

    lastSequence = outcome.lastSequence
    storedPositions.merge(outcome.positions) { _, new in new }
    for (id, vector, sequence) in outcome.appended { fresh.append(id, vector.span, sequence: sequence) }
    for (vectorSequence, by) in outcome.superseded { supersede(vectorSequence, by: by) }
    publish()
    room.update(rows: fresh.rowCount)
    measure(&outcome)
    return outcome.report
  }

  private func supersede(_ vectorSequence: SequenceNumber, by sequence: SequenceNumber) {
    // A chunk that is only partly above the generation's watermark stays, so a row may be in both tiers.
    fresh.supersede(vectorSequence, by: sequence)
    generation?.supersede(vectorSequence, by: sequence)
    supersededDuringRebuild?.append((vectorSequence, sequence))
  }

  /// Publishes the tiers as they are now, as of the newest committed sequence.
  private func publish() {
    let positions = SourcePositions(storedPositions.mapValues(\.nextOffset))
    published.publish(
      TierSet(
        fresh: fresh.view(floor: generation?.watermark ?? .zero, ceiling: lastSequence), generation: generation,
        positions: positions))
    waiters.advance(to: positions)
  }

  private func measure(_ outcome: inout BatchOutcome) {
    let now = ports.clock.now.millisecondsSince1970
    outcome.report.freshnessLagMilliseconds = outcome.eventTimes.map { Double(now - $0.millisecondsSince1970) }
    let monotonic = ports.clock.monotonicNanoseconds
    for lag in outcome.report.freshnessLagMilliseconds { counters.lagMilliseconds.add(lag, at: monotonic) }
    if let newest = outcome.eventTimes.max() {
      counters.newestEventTime.store(newest.millisecondsSince1970, ordering: .relaxed)
    }
    counters.applied.add(UInt64(outcome.report.applied), ordering: .relaxed)
    counters.stale.add(UInt64(outcome.report.stale), ordering: .relaxed)
    counters.parked.add(UInt64(outcome.report.parked), ordering: .relaxed)
    counters.appliedRate.add(outcome.report.applied, at: monotonic)
    for letter in outcome.parked {
      ports.telemetry.record(.recordParked(position: letter.position, code: letter.code, reason: letter.reason))
    }
  }
}
