// Owns what the tests of the Kafka source share: a source with its notices, records with telling bytes, and a reader
// that stops by count and never by time.

import EventSource
import IndexModel
import KafkaClient
import Synchronization
import TestKit
import TierEngine

/// The notices that a source gave.
final class Notices: Sendable {
  private let notices = Mutex<[SourceNotice]>([])

  func note(_ notice: SourceNotice) {
    notices.withLock { $0.append(notice) }
  }

  /// Everything but the client library's log.
  var all: [SourceNotice] {
    notices.withLock { $0 }.filter { if case .clientLog = $0 { false } else { true } }
  }
}

/// A source on a development broker's topic.
struct Harness {
  let topic = "catalog.items"
  let broker: DevBroker
  let notices = Notices()

  init(_ broker: DevBroker, partitions: Int = 1) throws {
    self.broker = broker
    try broker.createTopic(topic, partitions: partitions)
  }

  /// A started source.
  func source(
    at positions: [SourcePartition: StoredPosition] = [:],
    _ change: (inout KafkaSourceConfiguration) -> Void = { _ in }
  ) throws -> KafkaEventSource {
    var configuration = KafkaSourceConfiguration(
      bootstrapServers: broker.bootstrapServers, topic: topic, groupID: "store-1", metadataSeconds: 0.05,
      startSecondsMax: 20)
    change(&configuration)
    let source = try KafkaEventSource(configuration) { [notices] in notices.note($0) }
    try source.start(at: positions)
    return source
  }

  func partition(_ number: Int32) -> SourcePartition {
    SourcePartition(topic: topic, partition: number)
  }

  /// Writes one record for each of `numbers` to a partition; key and value tell the number.
  func produce(_ numbers: Range<Int>, partition: Int32 = 0, salt: String = "") throws {
    try broker.produce(
      numbers.map {
        KafkaOutgoingRecord(
          topic: topic, partition: partition, key: Array("item-\($0)".utf8), value: Array("\(salt)value-\($0)".utf8))
      })
  }
}

extension KafkaEventSource {
  /// Polls until exactly `count` records came, a poll threw, or the test's time limit cancelled it.
  func read(_ count: Int) throws -> [SourceRecord] {
    var records: [SourceRecord] = []
    while records.count < count {
      try Task.checkCancellation()
      records += try poll(maxCount: count - records.count, timeoutMilliseconds: 100)
    }
    return records
  }
}

extension [SourceRecord] {
  /// The position that a store keeps after applying these records, which are of one partition.
  var stored: StoredPosition {
    StoredPosition(
      nextOffset: last?.nextOffset ?? 0, lastOffset: last?.position.offset, lastRecordHash: last?.contentHash ?? 0)
  }

  /// Offsets by partition, in the order of delivery.
  var offsets: [Int32: [Int64]] {
    Dictionary(grouping: self, by: \.position.partition.partition).mapValues { $0.map(\.position.offset) }
  }
}
