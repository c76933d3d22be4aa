// Owns what the end-to-end tests over Kafka share: a topic on a real broker, topologies that read it, events with
// telling vectors, and what an index holds. Invariant: waiting is by source position, never by time.

import Foundation
import Freshet
import IndexModel
import KafkaClient
import TestKit
import Testing
import VectorIndex

/// A development broker with one topic, and a folder for stores.
struct KafkaStage {
  static let dimension = 8

  let broker: DevBroker
  let topic = "catalog.items"
  let folder: TestFolder

  init(_ broker: DevBroker, partitions: Int = 1) throws {
    self.broker = broker
    folder = try TestFolder()
    try broker.createTopic(topic, partitions: partitions)
  }

  /// A topology over the topic. `source` and `main` are further lines of flow style: `, name: value`.
  func topology(
    store: String = "store", version: String = "log", source: String = "", embed: String = Self.suppliedVectors
  ) throws -> String {
    try folder.write(
      """
      name: \(store)
      version: \(version)
      source:
        kind: kafka
        kafka:
          bootstrapServers: \(broker.bootstrapServers.joined(separator: ","))
          topic: \(topic)
          metadataSeconds: 1
          properties: {receive.message.max.bytes: 1000000000, reconnect.backoff.max.ms: 200}
      \(source.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
      embed: \(embed)
      store: {path: \(folder.path)/\(store), mapBytesMax: 268435456}
      serve: {port: 0}
      log: {level: critical}
      """, to: "\(store).yaml")
  }

  static let suppliedVectors = "{kind: none, none: {model: {name: test, dimension: \(dimension)}}}"

  /// Writes records and returns the positions to wait for until all of them are searchable.
  @discardableResult
  func produce(_ records: [KafkaOutgoingRecord]) throws -> SourcePositions {
    var ends: [SourcePartition: Int64] = [:]
    for delivery in try broker.produce(records) {
      let partition = SourcePartition(topic: delivery.partition.topic, partition: delivery.partition.number)
      ends[partition] = max(ends[partition] ?? 0, delivery.offset + 1)
    }
    return SourcePositions(ends)
  }

  /// An upsert that sets the item's number, and the vector of that number.
  func put(_ id: String, _ number: Int, version: UInt64? = nil, partition: Int32 = 0) -> KafkaOutgoingRecord {
    let values = Self.vector(number).map { "\($0)" }.joined(separator: ",")
    let versionText = version.map { ",\"version\":\($0)" } ?? ""
    return record(
      id, #"{"id":"\#(id)"\#(versionText),"vector":[\#(values)],"attributes":{"number":\#(number)}}"#,
      partition: partition)
  }

  /// A record with any value; `nil` deletes the item of its key.
  func record(_ key: String, _ value: String?, partition: Int32 = 0) -> KafkaOutgoingRecord {
    KafkaOutgoingRecord(
      topic: topic, partition: partition, key: Array(key.utf8), value: value.map { Array($0.utf8) })
  }

  /// The unit vector that stands for a number.
  static func vector(_ number: Int) -> [Float] {
    var random = SplitMix64(seed: UInt64(number))
    var vector = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
    _ = VectorMath.normalize(&vector)
    return vector
  }

  func partition(_ number: Int32) -> SourcePartition {
    SourcePartition(topic: topic, partition: number)
  }
}

extension Freshet {
  /// Runs `body` beside an index that follows its source, without HTTP; ends it and waits. Where the index ends
  /// first by an error, that error is thrown.
  static func following(
    _ topology: String, _ body: @Sendable (Freshet) async throws -> Void
  ) async throws {
    let freshet = try await Freshet.open(topology: topology)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await freshet.run(servesHTTP: false) }
      let outcome: Result<Void, any Error>
      do {
        outcome = .success(try await body(freshet))
      } catch {
        outcome = .failure(error)
      }
      group.cancelAll()
      try await group.waitForAll()
      try outcome.get()
    }
  }

  /// Follows until the source refuses, and returns why.
  static func refusal(_ topology: String) async throws -> EventSourceError? {
    let freshet = try await Freshet.open(topology: topology)
    return await #expect(throws: EventSourceError.self) { try await freshet.run(servesHTTP: false) }
  }

  /// Waits, for as long as a start may take, until searches reflect `positions`.
  func reach(_ positions: SourcePositions) async throws {
    try await wait(for: positions, timeout: .seconds(60))
  }

  /// Every item that a search over everything finds, with its number; checks that each hit's score is that of its
  /// number's vector, and that nothing comes twice.
  func numbers() async throws -> [String: Int] {
    let query = KafkaStage.vector(0)
    let answer = try await search(
      SearchRequest(query: .vector(query, model: nil), k: 1000, includesAttributes: true))
    var numbers: [String: Int] = [:]
    for hit in answer.hits {
      guard case .integer(let stored) = hit.attributes?["number"] else { continue }
      let number = Int(stored)
      let score = VectorMath.score(query.span, KafkaStage.vector(number).span, metric: .cosine)
      #expect(abs(hit.score - score) < 1e-5, "\(hit.id) was found by an old vector")
      #expect(numbers.updateValue(number, forKey: hit.id.rawValue) == nil, "\(hit.id) was found twice")
    }
    #expect(try await status().items == numbers.count)
    return numbers
  }
}
