// Owns a development broker for the length of one test. Invariant: nothing of it stays, neither program nor folder.

import Foundation
import KafkaClient
import Synchronization

/// Runs `body` with a development broker that has a data folder of its own, in memory where the system has such a
/// folder. The broker is stopped and its folder removed on every way out.
public func withDevBroker<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: (DevBroker) async throws -> Result
) async throws -> Result {
  let folder = DevBroker.temporaryDataFolder()
  let broker = try DevBroker(dataFolder: folder)
  defer {
    broker.kill()
    try? FileManager.default.removeItem(atPath: folder)
  }
  try broker.start()
  return try await body(broker)
}

extension DevBroker {
  /// A path for a data folder that nobody else uses.
  public static func temporaryDataFolder() -> String {
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    return "\(parent)/freshet-broker-\(UUID().uuidString)"
  }

  /// How clients reach the broker. It answers a fetch with everything it has, so clients must accept large answers.
  public func configuration(properties: [String: String] = [:]) -> KafkaConfiguration {
    KafkaConfiguration(
      bootstrapServers: bootstrapServers,
      properties: ["receive.message.max.bytes": "1000000000"].merging(properties) { _, own in own })
  }

  /// Makes an empty topic.
  public func createTopic(_ name: String, partitions: Int = 1, settings: [String: String] = [:]) throws {
    try KafkaAdmin(configuration()).createTopic(name, partitions: partitions, settings: settings)
  }

  /// Writes records, in order within a partition, and returns where each one stands, in the order given. Blocks until
  /// all are acknowledged.
  @discardableResult
  public func produce(_ records: [KafkaOutgoingRecord]) throws -> [KafkaDelivery] {
    let producer = try KafkaProducer(configuration()) { _ in }
    defer { producer.close() }
    let deliveries = Deliveries()
    for (index, record) in records.enumerated() {
      try producer.enqueue(record) { deliveries.note($0, of: index) }
    }
    try producer.flush()
    return try deliveries.inOrder()
  }
}

/// What became of numbered records.
private final class Deliveries: Sendable {
  private let outcomes = Mutex<[Int: Result<KafkaDelivery, KafkaError>]>([:])

  func note(_ outcome: Result<KafkaDelivery, KafkaError>, of index: Int) {
    outcomes.withLock { $0[index] = outcome }
  }

  func inOrder() throws -> [KafkaDelivery] {
    try outcomes.withLock { $0 }.sorted { $0.key < $1.key }.map { try $0.value.get() }
  }
}
