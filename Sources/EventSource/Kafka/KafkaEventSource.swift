// Owns reading of one Kafka topic into one store. Invariants: partitions are assigned, never subscribed to; reading
// starts and goes on only at places that were seen in the log; within a partition nothing is lost and nothing comes
// twice, over pauses and outages.

import IndexModel
import KafkaClient
import Synchronization
import TierEngine

/// A Kafka topic as a source of events.
///
///     idle ──start──▶ reading ──no broker left──▶ unverified ──seen to be the same log──▶ reading
///                     │     ▲                         │
///                     └─────┘ pause, resume           └──another log, place gone──▶ throws
public final class KafkaEventSource: EventSourcePort {
  private struct State {
    var cursors = PartitionCursors()
    var isPaused = false
    var isStopped = false
    /// Why the log has to be seen again before more is delivered.
    var doubt: Doubt?
    var pacer = CommitPacer()
  }

  private struct Doubt {
    /// When the topic was first found missing.
    var missingSince: ContinuousClock.Instant?
  }

  private let configuration: KafkaSourceConfiguration
  private let onNotice: SourceNoticeHandler
  private let consumer: KafkaConsumer
  private let inbox: ClientInbox
  private let watcher: TopicWatcher
  private let state = Mutex(State())
  private let ends = Mutex<[SourcePartition: Int64]>([:])

  /// Makes a source; connects in the background and reads nothing before `start`. Throws
  /// `EventSourceError.configuration` where a setting is refused.
  public init(_ configuration: KafkaSourceConfiguration, onNotice: @escaping SourceNoticeHandler) throws {
    let inbox = ClientInbox(onNotice: onNotice)
    do {
      consumer = try KafkaConsumer(configuration.client, groupID: configuration.groupID) { inbox.receive($0) }
    } catch {
      throw EventSourceError(error, reading: "topic `\(configuration.topic)`")
    }
    self.configuration = configuration
    self.onNotice = onNotice
    self.inbox = inbox
    watcher = TopicWatcher(configuration, consumer: consumer)
  }

  deinit {
    watcher.stop()
  }

  /// Takes the partitions at their places. Blocks up to `startSecondsMax` where no broker answers.
  public func start(at positions: [SourcePartition: StoredPosition]) throws {
    let resolver = resolver(questionSeconds: configuration.startSecondsMax)
    let partitions = try resolver.ownedPartitions()
    if configuration.partitions == .all,
      let gone = positions.keys.filter({ $0.topic == configuration.topic && !partitions.contains($0) }).min()
    {
      throw EventSourceError(
        code: .missing,
        message: "topic `\(gone.topic)` has \(partitions.count) partitions, and the store has a position in partition "
          + "\(gone.partition); point the source at the topic that the store was filled from")
    }
    try place(partitions, at: positions, by: resolver)
    watcher.start()
  }

  /// The next records. See `EventSourcePort`; after an outage nothing is delivered until the log was seen to be the
  /// same one: that blocks up to a second while no broker answers, and as long as re-reading takes once one does.
  public func poll(maxCount: Int, timeoutMilliseconds: Int) throws -> [SourceRecord] {
    if state.withLock({ $0.doubt != nil }), try !settleDoubt(timeoutMilliseconds: timeoutMilliseconds) { return [] }
    try takeAddedPartitions()
    let batch = consumer.poll(maxCount: maxCount, timeoutMilliseconds: timeoutMilliseconds)
    try receive(inbox.take())
    try receive(batch.faults)
    return accept(batch)
  }

  /// Stops delivery; what was fetched ahead is discarded and fetched again after `resume`.
  public func pause() throws {
    state.withLock { $0.isPaused = true }
    try assign([:])
  }

  /// Goes on at the first record that was not delivered.
  public func resume() throws {
    let nextOffsets = state.withLock { state in
      state.isPaused = false
      return state.cursors.nextOffsets
    }
    try assign(nextOffsets)
  }

  /// Commits the positions under the group, at most one commit at a time; failures are notices.
  public func announce(_ positions: [SourcePartition: StoredPosition]) {
    let offsets = Dictionary(uniqueKeysWithValues: positions.map { (KafkaPartition($0), $1.nextOffset) })
    commit(state.withLock { $0.pacer.announce(offsets) })
  }

  /// The end of each owned partition's log, as the last fetch or the last look at the topic told it.
  public func logEnds() -> [SourcePartition: Int64] {
    ends.withLock { $0 }
  }

  /// Never: a topic has no last record.
  public var isExhausted: Bool { false }

  /// Ends the reading; waits up to a second for the last announcement to be heard.
  public func stop() {
    let wasStopped = state.withLock { state in
      defer { state.isStopped = true }
      return state.isStopped
    }
    guard !wasStopped else { return }
    watcher.stop()
    // Nothing is lost where this fails: the client goes away with this object, and the store keeps the positions.
    try? consumer.assign([:])
    let deadline = ContinuousClock.now + .seconds(1)
    while ContinuousClock.now < deadline, !state.withLock({ $0.pacer.isIdle }) {
      _ = consumer.poll(maxCount: 1, timeoutMilliseconds: 20)
      try? receive(inbox.take())
    }
  }
}

// Going on after faults.
extension KafkaEventSource {
  /// Sees the log again; whether it is settled that it is the one that was read before.
  private func settleDoubt(timeoutMilliseconds: Int) throws -> Bool {
    let resolver = resolver(questionSeconds: min(max(Double(timeoutMilliseconds) / 1000, 0.05), 1))
    let positions = state.withLock { $0.cursors.positions }
    do {
      try place(positions.keys.sorted(), at: positions, by: resolver)
    } catch let error as EventSourceError where error.code == .unavailable {
      return false
    } catch let error as EventSourceError where error.code == .missing {
      // A starting broker may not know its topics yet.
      let now = ContinuousClock.now
      let since = state.withLock { state in
        let since = state.doubt?.missingSince ?? now
        state.doubt?.missingSince = since
        return since
      }
      if now - since > .seconds(configuration.startSecondsMax) { throw error }
      return false
    }
    state.withLock { $0.doubt = nil }
    onNotice(.recovered)
    return true
  }

  /// Doubts the log, with one notice for each time that it begins.
  private func doubt(_ notice: SourceNotice) {
    let begins = state.withLock { state in
      defer { if state.doubt == nil { state.doubt = Doubt() } }
      return state.doubt == nil
    }
    guard begins else { return }
    inbox.forgetRefusal()
    onNotice(notice)
  }

  private func receive(_ contents: ClientInbox.Contents) throws {
    if let fatal = contents.fatal { throw EventSourceError(fatal, reading: "topic `\(configuration.topic)`") }
    if let outage = contents.outage { doubt(.unreachable(reason: outage.context)) }
    for error in contents.commits {
      if let error { onNotice(.announceFailed(reason: error.description)) }
      commit(state.withLock { $0.pacer.ended() })
    }
  }

  private func receive(_ faults: [KafkaConsumer.Fault]) throws {
    for fault in faults {
      let partition = fault.partition.map { SourcePartition($0) }
      switch (fault.error.disposition, fault.error.code) {
      case (.reposition, _), (_, .unknownTopic):
        doubt(.readDelayed(partition, reason: fault.error.description))
      case (.retry, _):
        onNotice(.readDelayed(partition, reason: fault.error.description))
      case (.stop, _):
        throw EventSourceError(
          fault.error, reading: partition?.description ?? "topic `\(configuration.topic)`",
          lastFailure: inbox.lastFailure)
      }
    }
  }
}

// Partitions and places.
extension KafkaEventSource {
  /// Looks at the partitions' logs and owns each one at the place that is found for it.
  private func place(
    _ partitions: [SourcePartition], at stored: [SourcePartition: StoredPosition], by resolver: PositionResolver
  ) throws {
    let logs = try resolver.logs(of: partitions)
    let places = try resolver.places(in: logs, stored: stored)
    ends.withLock { $0 = logs.mapValues(\.end) }
    try take(places, stored: stored)
  }

  /// Owns partitions at their places and reads them, unless paused.
  private func take(_ places: [SourcePartition: Int64], stored: [SourcePartition: StoredPosition]) throws {
    let nextOffsets = state.withLock { state in
      for (partition, offset) in places { state.cursors.place(partition, at: offset, stored: stored[partition]) }
      return state.isPaused ? [:] : state.cursors.nextOffsets
    }
    try assign(nextOffsets)
  }

  /// Takes what the watcher saw: log ends, and partitions that are new.
  private func takeAddedPartitions() throws {
    let logs = watcher.take()
    guard !logs.isEmpty else { return }
    ends.withLock { $0.merge(logs.mapValues(\.end)) { _, newest in newest } }
    let owned = state.withLock { $0.cursors.partitions }
    let added = logs.filter { !owned.contains($0.key) }
    guard !added.isEmpty else { return }
    try take(added.mapValues(\.start), stored: [:])
    onNotice(.partitionsAdded(added.keys.sorted()))
  }

  private func accept(_ batch: KafkaConsumer.Batch) -> [SourceRecord] {
    var touched = batch.ends
    let records = state.withLock { state -> [SourceRecord] in
      guard state.doubt == nil, !state.isPaused else { return [] }
      var records: [SourceRecord] = []
      records.reserveCapacity(batch.records.count)
      for record in batch.records {
        let read = SourceRecord(record, in: SourcePartition(record.partition))
        if let accepted = state.cursors.accept(read) { records.append(accepted) }
      }
      return records
    }
    for partition in Set(batch.records.map(\.partition)) { touched[partition] = consumer.lastSeenEnd(of: partition) }
    if !touched.isEmpty {
      ends.withLock { ends in for (partition, end) in touched { ends[SourcePartition(partition)] = end } }
    }
    return records
  }

  private func assign(_ nextOffsets: [SourcePartition: Int64]) throws {
    do {
      try consumer.assign(Dictionary(uniqueKeysWithValues: nextOffsets.map { (KafkaPartition($0), $1) }))
    } catch {
      throw EventSourceError(error, reading: "topic `\(configuration.topic)`")
    }
  }

  private func commit(_ offsets: [KafkaPartition: Int64]?) {
    guard let offsets else { return }
    do {
      try consumer.commit(offsets)
    } catch {
      onNotice(.announceFailed(reason: error.description))
      commit(state.withLock { $0.pacer.ended() })
    }
  }

  private func resolver(questionSeconds: Double) -> PositionResolver {
    PositionResolver(
      configuration: configuration, consumer: consumer, inbox: inbox, questionSeconds: questionSeconds,
      rereadSeconds: configuration.startSecondsMax, onNotice: onNotice)
  }
}
