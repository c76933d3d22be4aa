// Owns the engine as its users see it: open, ingest, search, look up, watch, stop. Invariant 4 holds before the first
// search is answered; ingest begins after that.

import Foundation
import IndexModel
import Synchronization

/// A two-tier index that follows a source.
public final class IndexEngine: Sendable {
  /// What the engine was told at start.
  public let configuration: EngineConfiguration
  private let ports: EnginePorts
  private let published: PublishedTierSet
  private let waiters: PositionWaiters
  private let counters = IngestCounters()
  private let writer: TierWriter
  private let embedder: ItemEmbedder
  private let rebuilds: RebuildController
  private let searcher: Searcher
  private let searchPool: WorkerPool
  private let searchCount = Atomic<UInt64>(0)
  private let searchNanoseconds = RecentValues()
  private let stopSignal = StopSignal()
  private let startedNanoseconds: UInt64
  private let ingest = Mutex<IngestPipeline?>(nil)
  private let rebuildThread: WorkerThread

  /// Opens the tiers from store and segment files; when this returns, searches are answered. Blocking: seconds for a
  /// large index. Throws `StoreError` or `SegmentFileError`.
  public init(configuration: EngineConfiguration, ports: EnginePorts) throws {
    self.configuration = configuration
    self.ports = ports
    startedNanoseconds = ports.clock.monotonicNanoseconds
    let recovered = try RecoveredTiers.recover(configuration: configuration, ports: ports)
    let tierSet = recovered.tierSet
    published = PublishedTierSet(tierSet)
    waiters = PositionWaiters()
    waiters.advance(to: tierSet.positions)
    embedder = ItemEmbedder(
      encoder: ports.encoder, hashing: ports.hashing, clock: ports.clock, telemetry: ports.telemetry,
      stopSignal: stopSignal)
    writer = TierWriter(
      recovered: recovered, configuration: configuration, ports: ports, embedder: embedder, published: published,
      waiters: waiters, counters: counters)
    let rebuilds = RebuildController(
      configuration: configuration, ports: ports, writer: writer, stopSignal: stopSignal)
    self.rebuilds = rebuilds
    searcher = Searcher(configuration: configuration, ports: ports, published: published)
    searchPool = WorkerPool(
      name: "search", threadCount: configuration.search.threadCount, queuedMax: configuration.search.queuedMax)
    rebuildThread = WorkerThread(name: "rebuild") { rebuilds.run() }
  }

  /// Follows `source` until it ends, fails, or the engine stops. One source at a time. Throws what ended ingest:
  /// `EventSourceError` or `StoreError`; returns where the engine was stopped or a finite source was read to its end.
  public func follow(_ source: any EventSourcePort, decoder: any EventDecoderPort) async throws {
    let pipeline = IngestPipeline(
      configuration: configuration, ports: ports, source: source, decoder: decoder, embedder: embedder,
      writer: writer, counters: counters, stopSignal: stopSignal)
    ingest.withLock { $0 = pipeline }
    try await pipeline.run()
  }

  /// Answers a search. From any task. Throws `SearchError` or `StoreError`.
  public func search(_ request: SearchRequest) async throws -> SearchResponse {
    do {
      let response = try await searchPool.run { [searcher] in try searcher.search(request) }
      searchCount.add(1, ordering: .relaxed)
      searchNanoseconds.add(Double(response.durationNanoseconds), at: ports.clock.monotonicNanoseconds)
      ports.telemetry.record(.searchServed(nanoseconds: response.durationNanoseconds, hits: response.hits.count))
      return response
    } catch let error as SearchError {
      ports.telemetry.record(.searchFailed(error))
      throw error
    }
  }

  /// Looks up an item; `nil` where it is unknown or deleted. Throws `SearchError` or `StoreError`.
  public func item(_ id: ItemID, includesVector: Bool = false) async throws -> ItemView? {
    try await searchPool.run { [searcher] in try searcher.item(id, includesVector: includesVector) }
  }

  /// Parked records, oldest first. Throws `SearchError` or `StoreError`.
  public func deadLetters(limit: Int) async throws -> [DeadLetter] {
    try await searchPool.run { [ports] in try ports.store.read { try $0.deadLetters(limit: limit) } }
  }

  /// Every kept generation's record, oldest first. Throws `SearchError` or `StoreError`.
  public func generations() async throws -> [GenerationRecord] {
    try await searchPool.run { [ports] in try ports.store.read { try $0.generations() } }
  }

  /// Waits until searches reflect `positions`. Throws `SearchError.positionTimeout` or `CancellationError`.
  public func waitForPositions(_ positions: SourcePositions, timeout: Duration) async throws {
    try await waiters.wait(for: positions, timeout: timeout)
  }

  /// Waits until searches reflect everything that the source's log holds when its end is first seen. Throws
  /// `SearchError.positionTimeout` or `CancellationError`.
  public func catchUp(timeout: Duration) async throws {
    let deadline = ContinuousClock.now + timeout
    while true {
      let ends = ingest.withLock { $0 }?.logEnds ?? [:]
      if !ends.isEmpty {
        return try await waitForPositions(SourcePositions(ends), timeout: deadline - .now)
      }
      guard .now < deadline else { throw SearchError.unavailable("the source has not been reached in time") }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Asks for a rebuild as soon as none runs.
  public func requestRebuild(reason: String) {
    rebuilds.request(reason: reason)
  }

  /// The picture at this moment. Throws `SearchError` or `StoreError`.
  public func status() async throws -> EngineStatus {
    try await searchPool.run { [self] in try makeStatus() }
  }

  /// Whether the engine should receive traffic: a tier set is published, the source has been reached, and the newest
  /// searchable event is not older than `lagSecondsMax`, unless the source has nothing newer.
  public func readiness(lagSecondsMax: Double) -> Readiness {
    var reasons: [String] = []
    if stopSignal.isSet { reasons.append("shutting down") }
    guard let pipeline = ingest.withLock({ $0 }) else {
      return Readiness(reasons: reasons + ["ingest has not begun"])
    }
    // How far behind the log the engine is cannot be told before the log's end is known.
    if pipeline.logEnds.isEmpty { reasons.append("the source has not been reached") }
    let behind = pipeline.recordsBehind(published.capture().positions)
    if behind.values.contains(where: { $0 > 0 }) {
      let newest = counters.newestEventTime.load(ordering: .relaxed)
      let lag = Double(ports.clock.now.millisecondsSince1970 - newest) / 1000
      if lag > lagSecondsMax {
        reasons.append("\(behind.values.reduce(0, +)) records behind, by more than \(lagSecondsMax) s")
      }
    }
    return Readiness(reasons: reasons)
  }

  /// Ends `follow`: stops reading and applies what is embedded. Searches go on being answered. Returns at once.
  public func stopIngest() {
    stopSignal.set()
    rebuilds.cancel()
    ingest.withLock { $0 }?.beginStop()
  }

  /// Stops reading, applies what is embedded, cancels a rebuild, answers waiting searches, and joins every thread.
  /// What was read and not applied is read again at the next start. Blocking; idempotent.
  public func stop() {
    stopIngest()
    ingest.withLock { $0 }?.join()
    rebuildThread.join()
    searchPool.stop()
  }

  private func makeStatus() throws -> EngineStatus {
    let now = ports.clock.monotonicNanoseconds
    let tierSet = published.capture()
    let tiers = writer.tierCounts
    let pipeline = ingest.withLock { $0 }
    let (counts, deadLetters, durable) = try ports.store.read { reader in
      (try reader.counts(), try reader.deadLetterCount(), try reader.lastSequence())
    }
    return EngineStatus(
      name: configuration.name, model: configuration.metadata.model, metric: configuration.metadata.metric,
      items: counts.items, tombstones: counts.tombstones, deadLetters: deadLetters,
      fresh: FreshTierStatus(
        rows: tiers.freshRows, superseded: tiers.freshSuperseded, capacityRows: configuration.fresh.capacityRows),
      main: tierSet.generation.map(MainTierStatus.init), durableSequence: durable,
      searchableSequence: tierSet.searchableSequence, positions: tierSet.positions,
      recordsBehind: pipeline?.recordsBehind(tierSet.positions) ?? [:],
      ingest: IngestStatus(
        recordsRead: counters.recordsRead.load(ordering: .relaxed),
        applied: counters.applied.load(ordering: .relaxed), droppedStale: counters.stale.load(ordering: .relaxed),
        parked: counters.parked.load(ordering: .relaxed), embedded: counters.embedded.load(ordering: .relaxed),
        appliedPerSecond: counters.appliedRate.perSecond(at: now),
        freshnessLagMilliseconds: counters.lagMilliseconds.percentiles(at: now), pausedBecause: counters.pauseReason,
        queuedRecords: pipeline?.queuedRecords ?? 0, isExhausted: counters.isExhausted.load(ordering: .relaxed)),
      rebuild: rebuilds.status, lastRejection: rebuilds.lastRejection,
      searches: searchCount.load(ordering: .relaxed), searchNanoseconds: searchNanoseconds.percentiles(at: now),
      uptimeSeconds: Double(now - startedNanoseconds) / 1e9)
  }
}

extension MainTierStatus {
  init(_ generation: Generation) {
    self.init(
      generation: generation.record.number, rows: generation.segment.index.rowCount,
      superseded: generation.mask.markedCount, watermark: generation.watermark,
      recallAt10: generation.record.probe.recallAt10,
      promotedAt: EventTime(millisecondsSince1970: generation.record.timeMilliseconds))
  }
}
