// Owns the way of an event through three threads: read → embed → apply, with bounded queues between.
// Invariants 9 and 10: reading never waits for a model, nothing is dropped, and what cannot be applied is parked.

import IndexModel
import Synchronization

/// One source's ingest, from start to end.
final class IngestPipeline: Sendable {
  private let configuration: EngineConfiguration
  private let source: any EventSourcePort
  private let writer: TierWriter
  private let stopSignal: StopSignal
  private let decoded: BoundedQueue<DecodedEntry>
  private let prepared: BoundedQueue<PreparedEntry>
  private let readStage: ReadStage
  private let embedStage: EmbedStage
  private let applyStage: ApplyStage
  private let threads = Mutex<[WorkerThread]>([])

  init(
    configuration: EngineConfiguration, ports: EnginePorts, source: any EventSourcePort,
    decoder: any EventDecoderPort, embedder: ItemEmbedder, writer: TierWriter, counters: IngestCounters,
    stopSignal: StopSignal
  ) {
    self.configuration = configuration
    self.source = source
    self.writer = writer
    self.stopSignal = stopSignal
    let ingest = configuration.ingest
    decoded = BoundedQueue(countMax: ingest.queueRecordsMax, bytesMax: ingest.queueBytesMax)
    prepared = BoundedQueue(countMax: ingest.queueRecordsMax, bytesMax: ingest.queueBytesMax)
    readStage = ReadStage(
      source: source, decoder: decoder, output: decoded, counters: counters, telemetry: ports.telemetry,
      clock: ports.clock, recordsMax: ingest.commitRowsMax, appliedPositions: { [writer] in writer.positions })
    embedStage = EmbedStage(
      input: decoded, output: prepared, store: ports.store, embedder: embedder, metadata: configuration.metadata,
      batchMax: ingest.embedBatchMax, counters: counters)
    applyStage = ApplyStage(
      input: prepared, writer: writer, rowsMax: ingest.commitRowsMax, stopSignal: stopSignal,
      telemetry: ports.telemetry)
  }

  /// Records read and not yet applied.
  var queuedRecords: Int { decoded.count + prepared.count }

  /// The end of each owned partition's log, as last seen.
  var logEnds: [SourcePartition: Int64] { source.logEnds() }

  /// Records between `positions` and the log's end, by partition, as last seen.
  func recordsBehind(_ positions: SourcePositions) -> [SourcePartition: Int64] {
    var behind: [SourcePartition: Int64] = [:]
    for (partition, end) in source.logEnds() { behind[partition] = max(0, end - (positions[partition] ?? 0)) }
    return behind
  }

  /// Runs the stages until the source ends, one of them fails, or `stop` is called. Throws the first failure.
  func run() async throws {
    let result: Result<Void, any Error> = await withCheckedContinuation { continuation in
      let end = PipelineEnd(stages: 3) { continuation.resume(returning: $0) }
      threads.withLock { threads in
        threads = [
          WorkerThread(name: "ingest-read") { [self] in
            end.finish(
              self.catching {
                try self.source.start(at: self.writer.positions)
                try self.readStage.run(isStopping: { self.stopSignal.isSet || end.hasFailed })
              })
          },
          WorkerThread(name: "ingest-embed") { [self] in end.finish(self.catching { try self.embedStage.run() }) },
          WorkerThread(name: "ingest-apply") { [self] in end.finish(self.catching { try self.applyStage.run() }) },
        ]
      }
    }
    source.announce(writer.positions)
    source.stop()
    try result.get()
  }

  /// Ends the stages: reading at once, embedding after its batch, applying after what is embedded.
  func beginStop() {
    decoded.closeAndClear()
  }

  /// Waits until the stages have ended.
  func join() {
    for thread in threads.withLock({ $0 }) { thread.join() }
  }

  /// Runs a stage's body; where it fails, closes the queues so that the other stages end too.
  private func catching(_ body: () throws -> Void) -> Result<Void, any Error> {
    do {
      try body()
      return .success(())
    } catch is IngestStopped {
      return .success(())
    } catch {
      decoded.closeAndClear()
      prepared.close()
      return .failure(error)
    }
  }
}

/// Waits for all stages and keeps the first failure.
private final class PipelineEnd: Sendable {
  private struct State {
    var running: Int
    var failure: (any Error)?
  }
  private let state: Mutex<State>
  private let completion: @Sendable (Result<Void, any Error>) -> Void

  init(stages: Int, completion: @escaping @Sendable (Result<Void, any Error>) -> Void) {
    state = Mutex(State(running: stages))
    self.completion = completion
  }

  var hasFailed: Bool { state.withLock { $0.failure != nil } }

  func finish(_ result: Result<Void, any Error>) {
    let ended = state.withLock { state -> Result<Void, any Error>? in
      if case .failure(let error) = result, state.failure == nil { state.failure = error }
      state.running -= 1
      guard state.running == 0 else { return nil }
      return state.failure.map { .failure($0) } ?? .success(())
    }
    if let ended { completion(ended) }
  }
}
