// Owns the wiring: from a topology to an engine with real adapters. Start, reload and recovery share this path.
// Invariant: what was opened is closed in the reverse order, whatever fails in between.

import Embedding
import EventSource
import Foundation
import IndexModel
import ItemStore
import Logging
import SegmentFiles
import Telemetry
import TierEngine
import Topology

/// An engine with everything it stands on.
final class EngineAssembly: Sendable {
  let engine: IndexEngine
  let source: any EventSourcePort
  let decoder: JSONEventDecoder
  let telemetry: EngineTelemetry
  private let store: LMDBItemStore

  /// Opens store, model and segments, and recovers the tiers. Blocking.
  init(topology: FreshetTopology, logger: Logger) throws {
    let failpoint = try CrashFailpoint.handler(environment: ProcessInfo.processInfo.environment)
    let telemetry = EngineTelemetry(logger: logger)
    let encoder = try EncoderAssembly(topology.embed)
    let configuration = EngineConfiguration(topology, model: encoder.model)
    self.telemetry = telemetry
    decoder = JSONEventDecoder(mapping: EventMapping(topology, model: encoder.model))
    source = try SourceAssembly.source(topology, telemetry: telemetry)
    store = try LMDBItemStore.open(
      StoreConfiguration(topology.store, metadata: configuration.metadata, failpoint: failpoint))
    do {
      engine = try IndexEngine(
        configuration: configuration,
        ports: EnginePorts(
          store: store,
          segments: SegmentFolder(path: topology.store.path + "/segments", failpoint: failpoint),
          encoder: encoder.encoder, hashing: SHA256ContentHash(), telemetry: telemetry, clock: SystemClock(),
          failpoint: failpoint))
    } catch {
      store.close()
      throw error
    }
  }

  /// Stops the engine, then lets the store go. Blocking; idempotent.
  func close() {
    engine.stop()
    store.close()
  }
}

extension StoreConfiguration {
  init(
    _ settings: StoreSettings, metadata: StoreMetadata?, isReadOnly: Bool = false,
    failpoint: @escaping FailpointHandler = { _ in }
  ) {
    self.init(
      folder: settings.path, metadata: metadata, mapBytesMax: settings.mapBytesMax,
      durability: settings.durability == .durable ? .durable : .fast, isReadOnly: isReadOnly, failpoint: failpoint)
  }
}
