// Owns the promises of reading and writing against a real broker.

import KafkaClient
import Synchronization
import TestKit
import Testing

@Suite("Reading and writing", .serialized, .timeLimit(.minutes(2)))
struct BrokerRoundTripTests {
  @Test("Key, value, timestamp and headers come back as they were written; nil and empty stay different")
  func recordsComeBack() async throws {
    try await withDevBroker { broker in
      try broker.createTopic("t")
      let written = [
        KafkaOutgoingRecord(
          topic: "t", partition: 0, key: [1, 2], value: [3], timestampMilliseconds: 1_700_000_000_123,
          headers: [KafkaHeader(name: "trace", value: [9]), KafkaHeader(name: "none", value: nil)]),
        KafkaOutgoingRecord(topic: "t", partition: 0, key: [5], value: nil),
        KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: []),
      ]
      let deliveries = try broker.produce(written)
      #expect(deliveries.map(\.offset) == [0, 1, 2])
      let consumer = try KafkaConsumer(broker.configuration(), groupID: "g") { _ in }
      let partition = KafkaPartition(topic: "t", number: 0)
      try consumer.assign([partition: 0])
      var records: [KafkaRecord] = []
      while records.count < 3 { records += consumer.poll(maxCount: 10, timeoutMilliseconds: 100).records }
      #expect(records.map(\.key) == written.map(\.key))
      #expect(records.map(\.value) == written.map(\.value))
      #expect(records[0].timestampMilliseconds == 1_700_000_000_123)
      #expect(records[0].headers == written[0].headers)
      #expect(records.map(\.offset) == [0, 1, 2])
    }
  }

  @Test("A hundred thousand records pass a small window, none lost, each once and in order")
  func backPressure() async throws {
    try await withDevBroker { broker in
      try broker.createTopic("t")
      let count = 100_000
      let producer = try KafkaProducer(broker.configuration(), inFlightMax: 512) { _ in }
      let most = Mutex(0)
      let failed = Mutex(0)
      for number in 0..<count {
        try producer.enqueue(
          KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: Array(String(number).utf8))
        ) { result in if case .failure = result { failed.withLock { $0 += 1 } } }
        let now = producer.inFlightCount
        most.withLock { $0 = max($0, now) }
      }
      try producer.flush()
      #expect(failed.withLock { $0 } == 0)
      #expect(most.withLock { $0 } <= 512)
      let consumer = try KafkaConsumer(broker.configuration(), groupID: "g") { _ in }
      try consumer.assign([KafkaPartition(topic: "t", number: 0): 0])
      var next = 0
      while next < count {
        for record in consumer.poll(maxCount: 1000, timeoutMilliseconds: 100).records {
          guard record.value == Array(String(next).utf8) else {
            Issue.record("record \(record.offset) is not number \(next)")
            return
          }
          next += 1
        }
      }
    }
  }

  @Test("Ranges, offsets by time and committed offsets are what was written")
  func lookups() async throws {
    try await withDevBroker { broker in
      try broker.createTopic("t", partitions: 2)
      _ = try broker.produce(
        (0..<10).map {
          KafkaOutgoingRecord(
            topic: "t", partition: 1, key: nil, value: [1], timestampMilliseconds: 1_700_000_000_000 + Int64($0) * 1000)
        })
      let zero = KafkaPartition(topic: "t", number: 0)
      let one = KafkaPartition(topic: "t", number: 1)
      let consumer = try KafkaConsumer(broker.configuration(), groupID: "lag") { _ in }
      #expect(try consumer.partitions(ofTopic: "t", timeoutMilliseconds: 5000) == [zero, one])
      #expect(
        try consumer.logRanges(of: [zero, one], timeoutMilliseconds: 5000)
          == [zero: KafkaLogRange(start: 0, end: 0), one: KafkaLogRange(start: 0, end: 10)])
      let byTime = try consumer.offsets(
        atOrAfter: 1_700_000_003_500, of: [zero, one], timeoutMilliseconds: 5000)
      #expect(byTime == [zero: 0, one: 4])
      #expect(try consumer.committed(of: [one], timeoutMilliseconds: 5000).isEmpty)
    }
  }

  @Test("A commit is told as done, and another client of the group sees it")
  func commits() async throws {
    try await withDevBroker { broker in
      try broker.createTopic("t")
      let partition = KafkaPartition(topic: "t", number: 0)
      let results = Mutex<[KafkaError?]>([])
      let consumer = try KafkaConsumer(broker.configuration(), groupID: "lag") { event in
        if case .committed(_, let error) = event { results.withLock { $0.append(error) } }
      }
      try consumer.commit([partition: 42])
      while results.withLock(\.isEmpty) { _ = consumer.poll(maxCount: 1, timeoutMilliseconds: 20) }
      #expect(results.withLock { $0 } == [nil])
      let tool = try KafkaConsumer(broker.configuration(), groupID: "lag") { _ in }
      #expect(try tool.committed(of: [partition], timeoutMilliseconds: 5000) == [partition: 42])
    }
  }

  @Test("Topics are made, grown and removed, and doing it twice is a typed error")
  func administration() async throws {
    try await withDevBroker { broker in
      let admin = try KafkaAdmin(broker.configuration())
      try admin.createTopic("t", partitions: 2)
      #expect(#expect(throws: KafkaError.self) { try admin.createTopic("t", partitions: 2) }?.code == .topicExists)
      try admin.createPartitions(ofTopic: "t", total: 3)
      #expect(try admin.partitions(ofTopic: "t") == [0, 1, 2])
      try admin.deleteTopic("t")
      #expect(#expect(throws: KafkaError.self) { try admin.deleteTopic("t") }?.code == .unknownTopic)
      #expect(#expect(throws: KafkaError.self) { try admin.partitions(ofTopic: "t") }?.code == .unknownTopic)
    }
  }

  @Test("Deleted records move the log's start")
  func deletingRecords() async throws {
    try await withDevBroker { broker in
      try broker.createTopic("t")
      _ = try broker.produce(
        (0..<10).map { KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: [UInt8($0)]) })
      let partition = KafkaPartition(topic: "t", number: 0)
      let admin = try KafkaAdmin(broker.configuration())
      try admin.deleteRecords(before: [partition: 4])
      let consumer = try KafkaConsumer(broker.configuration(), groupID: "g") { _ in }
      #expect(
        try consumer.logRanges(of: [partition], timeoutMilliseconds: 5000)
          == [partition: KafkaLogRange(start: 4, end: 10)])
    }
  }
}
