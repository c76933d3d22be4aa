// Owns everything that runs for the demo: broker, topic, producer and `freshet run`. Invariant: whatever happens on the
// way, `close` ends them in the order producer, freshet, broker, and leaves no process and no broker data behind.

import Foundation
import KafkaClient

/// The running parts of the demo.
struct DemoStage: Sendable {
  /// The topic of `topologies/demo.yaml`.
  static let topic = "catalog.items"
  private static let partitionCount = 4

  let producer: CatalogueProducer
  let freshet: FreshetProcess
  let service: ServiceClient
  /// When the first event was about to be written.
  let loadStart: ContinuousClock.Instant
  let broker: DevBroker

  /// Starts a broker on a free port, writes `items` to the topic, and starts `freshet run` on an empty store. Where a
  /// step throws, what was started before it is ended.
  static func open(_ options: FreshetDemo, items: [CatalogueItem], console: Console) async throws -> DemoStage {
    guard let port = LoopbackPort.free(preferring: options.port) else { throw DemoFailure("no TCP port is free") }
    try removeFolder(options.store)
    // Kafka's usual port, where it is free, is what the topology defaults to.
    let broker = try DevBroker(dataFolder: brokerFolder(), port: LoopbackPort.free(preferring: 9092))
    do {
      console.step("starting a development broker on 127.0.0.1:\(broker.port)")
      try broker.start()
      let configuration = KafkaConfiguration(bootstrapServers: broker.bootstrapServers, clientID: "freshet-demo")
      try KafkaAdmin(configuration).createTopic(topic, partitions: partitionCount)
      let producer = try CatalogueProducer(topic: topic, configuration: configuration)
      let loadStart = ContinuousClock.now
      try await producer.load(items)
      let took = loadStart.duration(to: .now).text
      console.step("wrote \(items.count) packages to \(topic), \(partitionCount) partitions, in \(took)")
      console.step("starting freshet run --topology \(options.topology)")
      let freshet = try await FreshetProcess(
        program: options.freshetProgram, arguments: ["run", "--topology", options.topology],
        environment: [
          "FRESHET_DEMO_BROKER": broker.bootstrapServers.joined(separator: ","), "FRESHET_DEMO_PORT": String(port),
          "FRESHET_DEMO_STORE": options.store,
        ])
      return DemoStage(
        producer: producer, freshet: freshet, service: ServiceClient(baseURL: "http://127.0.0.1:\(port)"),
        loadStart: loadStart, broker: broker)
    } catch {
      broker.stop()
      try? removeFolder(broker.dataFolder)
      throw error
    }
  }

  /// Ends everything in order. Throws `DemoFailure` where freshet does not end with status 0 within a minute.
  func close() async throws {
    producer.close()
    freshet.terminate()
    let status = try await freshet.exitStatus(withinSeconds: 60)
    broker.stop()
    try Self.removeFolder(broker.dataFolder)
    guard let status else { throw DemoFailure("freshet did not end within a minute of SIGTERM") }
    guard status == 0 else { throw DemoFailure("freshet ended with status \(status), not 0") }
  }

  /// A new folder for the broker's data, in memory where that is possible: the broker rewrites it every second.
  private static func brokerFolder() -> String {
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    return "\(parent)/freshet-demo-broker-\(UUID().uuidString)"
  }

  private static func removeFolder(_ path: String) throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }
}

/// Something that the demo shows did not happen.
struct DemoFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
