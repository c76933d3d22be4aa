// Owns what a batch of records does inside one store transaction. Invariants 1, 5 and 10: mutations, dead letters and
// positions together; newest wins; what cannot be applied is parked and the position moves on.

import IndexModel

/// What a committed batch changed, for publishing.
struct BatchOutcome {
  var report = BatchReport()
  /// The newest sequence after the batch.
  var lastSequence: SequenceNumber
  /// Vectors set, in order of sequence.
  var appended: [(id: ItemID, vector: ArraySlice<Float>, sequence: SequenceNumber)] = []
  /// Vectors that are no longer current, and the mutation that made them so.
  var superseded: [(vectorSequence: SequenceNumber, by: SequenceNumber)] = []
  /// The partitions that moved.
  var positions: [SourcePartition: StoredPosition] = [:]
  /// Event times of applied mutations.
  var eventTimes: [EventTime] = []
  /// Records parked.
  var parked: [DeadLetter] = []
}

/// Applies prepared records in order.
struct BatchApplier {
  let versionDomain: VersionDomain
  let keepsText: Bool
  /// Embeds a text whose stored vector turned out to be another text's; rare, because a batch ahead changed it.
  let embedNow: (String) throws -> ArraySlice<Float>
  private let writer: any StoreWriting
  private var outcome: BatchOutcome

  init(
    versionDomain: VersionDomain, keepsText: Bool, lastSequence: SequenceNumber, writer: any StoreWriting,
    embedNow: @escaping (String) throws -> ArraySlice<Float>
  ) {
    self.versionDomain = versionDomain
    self.keepsText = keepsText
    self.embedNow = embedNow
    self.writer = writer
    outcome = BatchOutcome(lastSequence: lastSequence)
  }

  /// Applies `entries`, given the positions before them. Throws `StoreError`.
  consuming func apply(
    _ entries: [PreparedEntry], after positions: [SourcePartition: StoredPosition]
  ) throws -> BatchOutcome {
    var last: [SourcePartition: PreparedEntry] = [:]
    for entry in entries {
      let progress = entry.progress
      let partition = progress.position.partition
      outcome.report.bytes += entry.raw.byteCount
      let nextOffset = last[partition]?.progress.nextOffset ?? positions[partition]?.nextOffset ?? 0
      if !progress.followsReset, progress.position.offset < nextOffset {
        outcome.report.duplicates += 1
        continue
      }
      switch entry.content {
      case .poison(let letter): try park(letter)
      case .mutation(let event, let source, let raw): try apply(event, source, raw)
      }
      last[partition] = entry
    }
    outcome.positions = last.mapValues(StoredPosition.init)
    for (partition, position) in outcome.positions { try writer.putPosition(partition, position) }
    return outcome
  }

  private mutating func apply(_ event: ItemEvent, _ source: PreparedEntry.VectorSource, _ raw: RawRecord) throws {
    let stored = try writer.item(event.id)
    let known = try stored.map(Fence.Known.init) ?? writer.tombstone(event.id).map(Fence.Known.init)
    guard case .apply(let version) = Fence.judge(event, against: known, domain: versionDomain) else {
      outcome.report.stale += 1
      return
    }
    switch event.operation {
    case .delete: try delete(event, version: version, stored: stored)
    case .upsert(let upsert): try self.upsert(event, upsert, version: version, stored: stored, source: source, raw: raw)
    }
  }

  private mutating func delete(_ event: ItemEvent, version: UInt64?, stored: StoredItem?) throws {
    let sequence = advance(event)
    if let stored {
      try writer.removeVector(stored.vectorSequence)
      outcome.superseded.append((stored.vectorSequence, sequence))
    }
    try writer.putTombstone(
      event.id, Tombstone(sequence: sequence, version: version, position: event.position, time: event.time))
    outcome.report.deleted += 1
  }

  private mutating func upsert(
    _ event: ItemEvent, _ upsert: ItemEvent.Upsert, version: UInt64?, stored: StoredItem?,
    source: PreparedEntry.VectorSource, raw: RawRecord
  ) throws {
    let vector: ArraySlice<Float>?
    let contentHash: ContentHash?
    switch source {
    case .new(let values, let hash):
      let isUnchanged = hash != nil && hash == stored?.contentHash
      vector = isUnchanged ? nil : values
      contentHash = hash
    case .stored(let hash):
      if stored?.contentHash == hash {
        vector = nil
      } else {
        do {
          vector = try embedNow(upsert.text ?? "")
        } catch {
          return try park(DeadLetter(event, raw, code: "not-embedded", reason: "\(error)"))
        }
      }
      contentHash = hash
    case .none:
      preconditionFailure("an event found stale is stale for ever, because the store only gets newer")
    }

    let sequence = advance(event)
    if let vector {
      if let stored {
        try writer.removeVector(stored.vectorSequence)
        outcome.superseded.append((stored.vectorSequence, sequence))
      }
      try writer.putVector(sequence, event.id, vector.span)
      outcome.appended.append((event.id, vector, sequence))
      outcome.report.vectors += 1
    }
    try writer.putItem(
      event.id,
      StoredItem(
        sequence: sequence, vectorSequence: vector == nil ? (stored?.vectorSequence ?? sequence) : sequence,
        version: version, contentHash: contentHash, position: event.position, time: event.time,
        attributes: upsert.attributes))
    guard keepsText, vector != nil else { return }
    if let text = upsert.text {
      try writer.putText(event.id, text)
    } else if stored != nil {
      // The vector was made elsewhere, so the text that is kept is not what it stands for.
      try writer.removeText(event.id)
    }
  }

  private mutating func advance(_ event: ItemEvent) -> SequenceNumber {
    outcome.lastSequence = outcome.lastSequence.next
    outcome.report.applied += 1
    outcome.eventTimes.append(event.time)
    return outcome.lastSequence
  }

  private mutating func park(_ letter: DeadLetter) throws {
    try writer.putDeadLetter(letter)
    outcome.parked.append(letter)
    outcome.report.parked += 1
  }
}

extension StoredPosition {
  /// The position after `entry`.
  init(_ entry: PreparedEntry) {
    self.init(
      nextOffset: entry.progress.nextOffset, lastOffset: entry.progress.position.offset,
      lastRecordHash: SourceRecord.contentHash(key: entry.raw.key, value: entry.raw.value))
  }
}

extension DeadLetter {
  /// Parks a record that decoded well and could not be applied.
  init(_ event: ItemEvent, _ raw: RawRecord, code: String, reason: String) {
    self.init(
      position: event.position, key: raw.key, value: raw.value, code: code, reason: reason, time: event.time)
  }
}
