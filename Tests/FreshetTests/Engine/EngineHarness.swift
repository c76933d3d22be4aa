// Owns an engine over real LMDB files and real segment files, fed by a scripted log, that can be closed and opened
// again as a process would.

import Embedding
import EventSource
import Foundation
import IndexModel
import ItemStore
import SegmentFiles
import Synchronization
import TestKit
import TierEngine
import VectorIndex

/// One index in a folder of its own.
final class EngineHarness {
  static let encoder = HashingEncoder(dimension: 16)

  let folder: String
  let events = RecordedEvents()
  let clock = TestClock()
  private(set) var source: ScriptedSource
  private(set) var store: LMDBItemStore
  private(set) var engine: IndexEngine
  private var following: Task<Void, any Error>
  private let metadata: StoreMetadata

  init(versionDomain: VersionDomain = .log, partitionCount: Int32 = 2) throws {
    folder = NSTemporaryDirectory() + "freshet-engine-\(UUID().uuidString)"
    metadata = StoreMetadata(model: Self.encoder.model, metric: .cosine, versionDomain: versionDomain)
    source = ScriptedSource(partitionCount: partitionCount)
    store = try Self.openStore(folder, metadata)
    engine = try Self.openEngine(folder, store, metadata, events, clock)
    following = Self.follow(engine, source, metadata)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Closes everything and opens it again over the same files and the same log.
  func restart() async throws {
    try await close()
    source = ScriptedSource(continuing: source)
    store = try Self.openStore(folder, metadata)
    engine = try Self.openEngine(folder, store, metadata, events, clock)
    following = Self.follow(engine, source, metadata)
  }

  /// Stops the engine as SIGTERM does.
  func close() async throws {
    engine.stop()
    try await following.value
    store.close()
  }

  /// Waits until searches reflect the whole log.
  func catchUp() async throws {
    try await engine.waitForPositions(source.end, timeout: .seconds(60))
  }

  /// Asks for a rebuild and waits until it is promoted.
  func rebuild() async throws {
    let before = events.promotedGenerations
    engine.requestRebuild(reason: "test")
    try await events.waitUntil { $0.promotedGenerations > before }
  }

  private static func openStore(_ folder: String, _ metadata: StoreMetadata) throws -> LMDBItemStore {
    try LMDBItemStore.open(StoreConfiguration(folder: folder + "/store", metadata: metadata, mapBytesMax: 1 << 30))
  }

  private static func openEngine(
    _ folder: String, _ store: LMDBItemStore, _ metadata: StoreMetadata, _ events: RecordedEvents, _ clock: TestClock
  ) throws -> IndexEngine {
    var configuration = EngineConfiguration(name: "test", metadata: metadata)
    configuration.fresh.chunkRows = 64
    configuration.main.cpuShare = 1
    configuration.main.parameters.m = 8
    configuration.main.parameters.efConstruction = 64
    configuration.main.probe.queryCount = 50
    configuration.rebuild.freshRowsMin = .max
    configuration.rebuild.freshShareMax = 1e9
    configuration.rebuild.supersededShareMax = 2
    configuration.rebuild.checkMilliseconds = 1
    configuration.search.assumesModel = true
    return try IndexEngine(
      configuration: configuration,
      ports: EnginePorts(
        store: store, segments: SegmentFolder(path: folder + "/segments", failpoint: { _ in }), encoder: encoder,
        hashing: SHA256ContentHash(),
        telemetry: events, clock: clock))
  }

  private static func follow(
    _ engine: IndexEngine, _ source: ScriptedSource, _ metadata: StoreMetadata
  ) -> Task<Void, any Error> {
    let decoder = JSONEventDecoder(
      mapping: EventMapping(
        model: metadata.model, modelRequired: false, metric: metadata.metric, versionDomain: metadata.versionDomain))
    return Task { try await engine.follow(source, decoder: decoder) }
  }
}

/// A wall clock that the test reads and the engine shares.
struct TestClock: ClockPort {
  var now: EventTime { EventTime(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1000)) }
  var monotonicNanoseconds: UInt64 { DispatchTime.now().uptimeNanoseconds }
}

/// Keeps what the engine reported, and wakes a test that waits for it.
final class RecordedEvents: TelemetryPort {
  struct Summary: Sendable {
    var promotedGenerations = 0
    var rejectedGenerations = 0
    var failures: [String] = []
    var refusedGenerations: [UInt64] = []
  }
  private struct State {
    var summary = Summary()
    var waiters: [(condition: @Sendable (Summary) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
  }
  private let state = Mutex(State())

  var summary: Summary { state.withLock { $0.summary } }
  var promotedGenerations: Int { summary.promotedGenerations }

  func record(_ event: EngineEvent) {
    let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      switch event {
      case .generationPromoted: state.summary.promotedGenerations += 1
      case .candidateRejected: state.summary.rejectedGenerations += 1
      case .rebuildFailed(_, let message): state.summary.failures.append(message)
      case .generationRefused(let number, _): state.summary.refusedGenerations.append(number)
      default: return []
      }
      let summary = state.summary
      let woken = state.waiters.filter { $0.condition(summary) }.map(\.continuation)
      state.waiters.removeAll { $0.condition(summary) }
      return woken
    }
    for continuation in woken { continuation.resume() }
  }

  /// Waits until what was reported meets `condition`. The suite's time limit bounds it.
  func waitUntil(_ condition: @escaping @Sendable (Summary) -> Bool) async throws {
    await withCheckedContinuation { continuation in
      let isMet = state.withLock { state in
        if condition(state.summary) { return true }
        state.waiters.append((condition, continuation))
        return false
      }
      if isMet { continuation.resume() }
    }
  }
}
