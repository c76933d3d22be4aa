// Owns writing events to a topology's topic. Invariant: what the topology's own decoder would park is refused here and
// never sent.

import Embedding
import EventSource
import IndexModel
import KafkaClient
import TierEngine
import Topology

/// Sends JSON events to the Kafka topic that a topology reads, keyed by the item's id. From any task.
public struct EventProducer: Sendable {
  /// A line that is no event.
  public struct Refusal: Error, Sendable, CustomStringConvertible {
    /// What is wrong, naming the field, and what to do.
    public let reason: String

    /// The reason.
    public var description: String { reason }
  }

  private let producer: KafkaProducer
  private let topic: String
  private let decoder: JSONEventDecoder

  /// Prepares a producer; connects in the background. Throws `Refusal` where the topology's source is not Kafka,
  /// `KafkaError` where a setting is refused, `ModelArtifactError` where the model's folder cannot be read.
  public init(topology: FreshetTopology) throws {
    guard case .kafka(let kafka) = topology.source else {
      throw Refusal(reason: "source.kind: the topology reads no Kafka topic; append the lines to its file instead")
    }
    topic = kafka.topic
    decoder = JSONEventDecoder(mapping: EventMapping(topology, model: try EncoderAssembly.model(of: topology.embed)))
    let source = KafkaSourceConfiguration(kafka, pipeline: topology.name)
    producer = try KafkaProducer(
      KafkaConfiguration(
        bootstrapServers: source.bootstrapServers, clientID: "freshet-produce", security: source.security,
        properties: source.properties),
      inFlightMax: 1000, onEvent: { _ in })
  }

  /// Sends one line and returns where the broker put it. Suspends while too many lines are on their way. Throws
  /// `Refusal` or `KafkaError`.
  public func send(line: [UInt8]) async throws -> EventPosition {
    EventPosition(try await producer.produce(try record(line)))
  }

  /// Hands one line over and returns; `completion` is called once, when the broker acknowledged it or it was given up,
  /// and must not block. Lines handed over one after another keep their order. Blocks while too many are on their way,
  /// so not for the cooperative pool. Where this throws `Refusal` or `KafkaError`, `completion` is never called.
  public func enqueue(
    line: [UInt8], completion: @escaping @Sendable (Result<EventPosition, any Error>) -> Void
  ) throws {
    try producer.enqueue(try record(line)) { result in
      completion(result.map { EventPosition($0) }.mapError { $0 as any Error })
    }
  }

  /// Waits for what is on its way, and ends the producer.
  public func close() async {
    await BlockingWork.runToEnd { [producer] in producer.close() }
  }

  /// The record of a line, keyed by the id that the topology's decoder finds in it.
  private func record(_ line: [UInt8]) throws -> KafkaOutgoingRecord {
    let unplaced = EventPosition(partition: SourcePartition(topic: topic, partition: 0), offset: 0)
    switch decoder.decode(
      SourceRecord(position: unplaced, nextOffset: 1, time: SystemClock().now, key: nil, value: line))
    {
    case .success(let event):
      return KafkaOutgoingRecord(topic: topic, key: Array(event.id.rawValue.utf8), value: line)
    case .failure(let failure): throw Refusal(reason: failure.reason)
    }
  }
}

extension EventPosition {
  fileprivate init(_ delivery: KafkaDelivery) {
    self.init(
      partition: SourcePartition(topic: delivery.partition.topic, partition: delivery.partition.number),
      offset: delivery.offset)
  }
}
