// Owns a development broker for the length of one measure, with an empty data folder in memory. Invariant: nothing of
// it stays.

import Foundation
import Freshet
import KafkaClient

/// A broker with one empty topic.
struct BenchBroker: Sendable {
  static let topic = "bench"

  let servers: [String]
  let partitionCount: Int

  /// The broker answers a fetch with everything it has, so clients must accept large answers.
  var configuration: KafkaConfiguration {
    KafkaConfiguration(bootstrapServers: servers, properties: ["receive.message.max.bytes": "1000000000"])
  }

  /// The topic as a source.
  var source: BenchTopology.Source { .kafka(servers: servers.joined(separator: ","), topic: Self.topic) }

  /// The position of record `offset` of `partition`.
  func position(_ partition: Int, _ offset: Int64) -> EventPosition {
    EventPosition(partition: SourcePartition(topic: Self.topic, partition: Int32(partition)), offset: offset)
  }

  /// Starts a broker, passes it to `body`, and ends it.
  static func with<Result>(
    partitionCount: Int, _ body: (BenchBroker) async throws -> Result
  ) async throws -> Result {
    let memory = "/dev/shm"
    let parent = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    let folder = "\(parent)/freshet-bench-\(UUID().uuidString)"
    let program = try DevBroker(dataFolder: folder)
    defer {
      program.kill()
      try? FileManager.default.removeItem(atPath: folder)
    }
    try program.start()
    let broker = BenchBroker(servers: program.bootstrapServers, partitionCount: partitionCount)
    try KafkaAdmin(broker.configuration).createTopic(topic, partitions: partitionCount)
    return try await body(broker)
  }
}
