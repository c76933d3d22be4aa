// Owns the in-process API: one index, opened from a topology, that follows its source and answers searches.
// Invariant: `open` returns when searches are answered; `run` keeps the index true to its source until it is told to
// stop.

import IndexModel
import Logging
import SearchService
import ServiceLifecycle
import Telemetry
import TierEngine
import Topology

/// A running index. Open it, run it in a task group or a service group, and search it from any task.
///
///     let freshet = try await Freshet.open(topology: "topologies/demo.yaml")
///     async let running: Void = freshet.run()
///     let answer = try await freshet.search("draw diagrams from text", k: 5)
public final class Freshet: Sendable {
  /// The topology that this index was opened from.
  public let topology: FreshetTopology
  private let assembly: EngineAssembly
  private let logger: Logger
  private let address = ListeningAddressBox()

  private var engine: IndexEngine { assembly.engine }

  private init(topology: FreshetTopology, assembly: EngineAssembly, logger: Logger) {
    self.topology = topology
    self.assembly = assembly
    self.logger = logger
  }

  /// Opens the index that the file describes. `environment` resolves `${NAME}` references; `nil` takes the process's.
  /// Throws `TopologyError`, `StoreError`, `ModelArtifactError` or `SegmentFileError`.
  public static func open(topology path: String, environment: [String: String]? = nil) async throws -> Freshet {
    try await open(TopologyFile.load(path, environment: environment))
  }

  /// Opens the index that `topology` describes.
  public static func open(_ topology: FreshetTopology) async throws -> Freshet {
    let logger = LogOutput.logger(for: topology)
    let assembly = try await BlockingWork.run { try EngineAssembly(topology: topology, logger: logger) }
    return Freshet(topology: topology, assembly: assembly, logger: logger)
  }

  /// Follows the source and, unless `servesHTTP` is false, serves the HTTP interface, until graceful shutdown or
  /// cancellation. Then it stops reading, drains requests, applies what is embedded, and returns. Throws what ended it.
  public func run(servesHTTP: Bool = true) async throws {
    let result: Result<Void, any Error>
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { [self] in try await follow() }
        group.addTask { [self] in try await observe() }
        if servesHTTP { group.addTask { [self] in try await server.run() } }
        // All go on until shutdown; the first failure leaves the loop, and the group then cancels the others.
        for try await _ in group {}
      }
      result = .success(())
    } catch is CancellationError {
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await close()
    try result.get()
  }

  /// The nearest `k` items to `text`. Throws `SearchError` or `StoreError`.
  public func search(_ text: String, k: Int = 10) async throws -> SearchResponse {
    try await engine.search(SearchRequest(query: .text(text), k: k))
  }

  /// Answers any search. Throws `SearchError` or `StoreError`.
  public func search(_ request: SearchRequest) async throws -> SearchResponse {
    try await engine.search(request)
  }

  /// Looks up an item; `nil` where it is unknown or deleted. Throws `StoreError`.
  public func item(_ id: ItemID, includesVector: Bool = false) async throws -> ItemView? {
    try await engine.item(id, includesVector: includesVector)
  }

  /// Waits until searches reflect the record at `position`: a producer that knows where its event was delivered can so
  /// read its own write. Throws `SearchError.positionTimeout`.
  public func wait(for position: EventPosition, timeout: Duration = .seconds(10)) async throws {
    try await wait(for: SourcePositions([position.partition: position.offset + 1]), timeout: timeout)
  }

  /// Waits until searches reflect `positions` (next offsets). Throws `SearchError.positionTimeout`.
  public func wait(for positions: SourcePositions, timeout: Duration = .seconds(10)) async throws {
    try await engine.waitForPositions(positions, timeout: timeout)
  }

  /// Waits until searches reflect everything that the source holds when its end is first seen. Throws
  /// `SearchError.positionTimeout` or `SearchError.unavailable`.
  public func catchUp(timeout: Duration = .seconds(60)) async throws {
    try await engine.catchUp(timeout: timeout)
  }

  /// Asks for a new generation as soon as none is being built.
  public func requestRebuild(reason: String = "requested in process") {
    engine.requestRebuild(reason: reason)
  }

  /// The picture at this moment. Throws `StoreError`.
  public func status() async throws -> EngineStatus {
    try await engine.status()
  }

  /// Parked records, oldest first. Throws `StoreError`.
  public func deadLetters(limit: Int = 100) async throws -> [DeadLetter] {
    try await engine.deadLetters(limit: limit)
  }

  /// Where the HTTP interface listens, once `run` has bound it.
  public var listeningAddress: ListeningAddress? {
    get async { await address.value }
  }

  /// Stops everything and lets the store go. `run` does this at its end; call it where `run` is never called.
  public func close() async {
    await BlockingWork.runToEnd { [assembly] in assembly.close() }
    assembly.telemetry.record(.shutdown(.storeClosed))
  }

  private func follow() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await engine.follow(assembly.source, decoder: assembly.decoder)
      // A finite source was read to its end: go on serving until shutdown.
      try await gracefulShutdown()
    } onCancelOrGracefulShutdown: { [engine, assembly] in
      assembly.telemetry.record(.shutdown(.requested))
      engine.stopIngest()
    }
  }

  /// Reports the size of everything about once a second.
  private func observe() async throws {
    await cancelWhenGracefulShutdown { [engine, assembly] in
      while !Task.isCancelled {
        if let status = try? await engine.status() {
          assembly.telemetry.record(.indexObserved(IndexObservation(status)))
          if let rebuild = status.rebuild {
            assembly.telemetry.record(
              .rebuildProgressed(
                generation: rebuild.generation, stage: rebuild.stage.rawValue, fractionDone: rebuild.fractionDone))
          }
        }
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }

  private var server: SearchServer<EngineBackend> {
    SearchServer(
      configuration: SearchServerConfiguration(topology.serve),
      backend: EngineBackend(
        engine: engine, metrics: assembly.telemetry.metrics, readyLagSecondsMax: topology.serve.readyLagSecondsMax),
      logger: logger,
      record: { [assembly] event in assembly.telemetry.record(event) },
      onListening: { [address, assembly, topology] bound in
        await address.set(bound)
        assembly.telemetry.record(.serving(name: topology.name, address: bound.description))
      })
  }
}

extension Freshet: Service {
  /// `run(servesHTTP: true)`, for a `ServiceGroup`.
  public func run() async throws {
    try await run(servesHTTP: true)
  }
}

/// The address that the HTTP interface was bound to.
private actor ListeningAddressBox {
  private(set) var value: ListeningAddress?

  func set(_ address: ListeningAddress) {
    value = address
  }
}
