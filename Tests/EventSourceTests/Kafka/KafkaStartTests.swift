// Owns the promises about where a Kafka source begins.

import EventSource
import IndexModel
import KafkaClient
import TestKit
import Testing
import TierEngine

@Suite("Kafka source: where it begins", .serialized, .timeLimit(.minutes(2)))
struct KafkaStartTests {
  @Test("Reading goes on right after the stored position, and begins at the first record where none is stored")
  func storedPosition() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker, partitions: 2)
      try harness.produce(0..<10)
      try harness.produce(0..<5, partition: 1)
      let first = try harness.source()
      let zero = try first.read(15).filter { $0.position.partition.partition == 0 }
      first.stop()
      let applied = Array(zero.prefix(4))
      let second = try harness.source(at: [harness.partition(0): applied.stored])
      let records = try second.read(11)
      #expect(records.offsets == [0: Array(4..<10), 1: Array(0..<5)])
      #expect(records.first { $0.position.partition.partition == 0 }?.key == Array("item-4".utf8))
      #expect(harness.notices.all.isEmpty)
    }
  }

  @Test("Without a stored position it begins at the first record, the end, or a time, as the settings say")
  func configuredStart() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try broker.produce(
        (0..<10).map {
          KafkaOutgoingRecord(
            topic: harness.topic, partition: 0, key: [UInt8($0)], value: [],
            timestampMilliseconds: 1_700_000_000_000 + Int64($0) * 1000)
        })
      for (start, expected) in [
        (LogStart.earliest, Int64(0)), (.latest, 10),
        (.time(EventTime(millisecondsSince1970: 1_700_000_006_500)), 7),
      ] {
        let source = try harness.source { $0.start = start }
        let end = try broker.produce([
          KafkaOutgoingRecord(topic: harness.topic, partition: 0, key: nil, value: nil)
        ])[0].offset
        // What this loop writes is past the first ten, so `latest` begins at whatever the end was.
        let records = try source.read(1)
        #expect(records[0].position.offset == (start == .latest ? end : expected))
        source.stop()
      }
    }
  }

  @Test("Two sources that split the partitions read each record once between them")
  func splitPartitions() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker, partitions: 4)
      for partition in Int32(0)..<4 { try harness.produce(0..<50, partition: partition) }
      let even = try harness.source { $0.partitions = .listed([2, 0, 2]) }
      let odd = try harness.source {
        $0.partitions = .listed([1, 3])
        $0.groupID = "store-2"
      }
      #expect(try even.read(100).offsets == [0: Array(0..<50), 2: Array(0..<50)])
      #expect(try odd.read(100).offsets == [1: Array(0..<50), 3: Array(0..<50)])
      #expect(try even.poll(maxCount: 10, timeoutMilliseconds: 50).isEmpty)
    }
  }

  @Test("A topic or a partition that does not exist is an error that names it")
  func missing() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      let noTopic = #expect(throws: EventSourceError.self) { try harness.source { $0.topic = "nowhere" } }
      #expect(noTopic?.code == .missing)
      #expect(noTopic?.message.contains("`nowhere`") == true)
      let noPartition = #expect(throws: EventSourceError.self) { try harness.source { $0.partitions = .listed([7]) } }
      #expect(noPartition?.code == .missing)
      #expect(noPartition?.message.contains("no partition 7") == true)
      let stranger = [harness.partition(3): StoredPosition(nextOffset: 1, lastOffset: nil, lastRecordHash: 0)]
      #expect(#expect(throws: EventSourceError.self) { try harness.source(at: stranger) }?.code == .missing)
    }
  }

  @Test("Brokers that do not answer are an error within the start's time limit, not a hang")
  func unreachable() throws {
    let configuration = KafkaSourceConfiguration(
      bootstrapServers: ["127.0.0.1:1"], topic: "t", groupID: "g", startSecondsMax: 0.5)
    let source = try KafkaEventSource(configuration) { _ in }
    let error = #expect(throws: EventSourceError.self) { try source.start(at: [:]) }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("127.0.0.1:1") == true)
  }

  @Test("A setting that the client library refuses is an error that names it")
  func refusedSetting() {
    let configuration = KafkaSourceConfiguration(
      bootstrapServers: ["127.0.0.1:1"], topic: "t", groupID: "g", properties: ["fetch.speed": "high"])
    let error = #expect(throws: EventSourceError.self) { try KafkaEventSource(configuration) { _ in } }
    #expect(error?.code == .configuration)
    #expect(error?.message.contains("fetch.speed") == true)
  }
}
