// Owns the promises about reading on: pauses, added partitions, outages, announcements.

import EventSource
import IndexModel
import KafkaClient
import TestKit
import Testing
import TierEngine

@Suite("Kafka source: reading on", .serialized, .timeLimit(.minutes(2)))
struct KafkaReadingTests {
  @Test("A record without a value comes as a delete by key")
  func tombstone() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try broker.produce([
        KafkaOutgoingRecord(
          topic: harness.topic, partition: 0, key: [1], value: nil, timestampMilliseconds: 1_700_000_000_000),
        KafkaOutgoingRecord(topic: harness.topic, partition: 0, key: [1], value: []),
      ])
      let records = try harness.source().read(2)
      #expect(records.map(\.value) == [nil, []])
      #expect(records.map(\.key) == [[1], [1]])
      #expect(records[0].time == EventTime(millisecondsSince1970: 1_700_000_000_000))
    }
  }

  @Test("Pausing again and again loses nothing and repeats nothing")
  func pauses() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker, partitions: 3)
      for partition in Int32(0)..<3 { try harness.produce(0..<2000, partition: partition) }
      let source = try harness.source()
      let seed = TestSeed.announced(for: "KafkaReadingTests", fixed: 20_261_121)
      var random = SplitMix64(seed: seed)
      var records: [SourceRecord] = []
      var written = 2000
      while records.count < 3 * written {
        records += try source.poll(maxCount: Int.random(in: 1...200, using: &random), timeoutMilliseconds: 100)
        guard Int.random(in: 0..<4, using: &random) == 0 else { continue }
        try source.pause()
        #expect(try source.poll(maxCount: 100, timeoutMilliseconds: 1).isEmpty)
        if written < 2400 {
          for partition in Int32(0)..<3 { try harness.produce(written..<written + 20, partition: partition) }
          written += 20
        }
        #expect(try source.poll(maxCount: 100, timeoutMilliseconds: 1).isEmpty)
        try source.resume()
      }
      let whole = (0..<Int64(written)).map { $0 }
      #expect(records.offsets == [0: whole, 1: whole, 2: whole], "seed \(seed)")
    }
  }

  @Test("Partitions that are added to the topic are noticed and read from their first record")
  func addedPartitions() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker, partitions: 1)
      try harness.produce(0..<5)
      let source = try harness.source { $0.start = .latest }
      try KafkaAdmin(broker.configuration()).createPartitions(ofTopic: harness.topic, total: 3)
      try harness.produce(0..<7, partition: 2)
      try harness.produce(5..<6)
      #expect(try source.read(8).offsets == [0: [5], 2: Array(0..<7)])
      #expect(harness.notices.all.contains(.partitionsAdded([harness.partition(1), harness.partition(2)])))
    }
  }

  @Test("A source of listed partitions leaves added ones alone")
  func listedPartitionsStay() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker, partitions: 1)
      let source = try harness.source { $0.partitions = .listed([0]) }
      try KafkaAdmin(broker.configuration()).createPartitions(ofTopic: harness.topic, total: 2)
      try harness.produce(0..<3, partition: 1)
      try harness.produce(0..<3)
      #expect(try source.read(3).offsets == [0: [0, 1, 2]])
      while source.logEnds()[harness.partition(0)] != 3 { _ = try source.poll(maxCount: 10, timeoutMilliseconds: 20) }
      #expect(source.logEnds() == [harness.partition(0): 3])
      #expect(harness.notices.all.isEmpty)
    }
  }

  @Test("A broker that is stopped and started again is survived: all records, each once, and notices that say so")
  func brokerRestart() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker, partitions: 2)
      try harness.produce(0..<100)
      try harness.produce(0..<100, partition: 1)
      let source = try harness.source()
      var records = try source.read(200)
      broker.stop()
      while harness.notices.all.isEmpty { records += try source.poll(maxCount: 10, timeoutMilliseconds: 20) }
      try broker.start()
      try harness.produce(100..<150)
      try harness.produce(100..<150, partition: 1)
      records += try source.read(300 - records.count)
      let whole = (0..<Int64(150)).map { $0 }
      #expect(records.offsets == [0: whole, 1: whole])
      guard case .unreachable = harness.notices.all.first else {
        Issue.record("no notice of the outage: \(harness.notices.all)")
        return
      }
      #expect(harness.notices.all.last == .recovered)
    }
  }

  @Test("What the store has applied is committed under the group, where lag tools see it")
  func announcement() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try harness.produce(0..<10)
      let source = try harness.source()
      let records = try source.read(10)
      for count in 1...10 { source.announce([harness.partition(0): Array(records.prefix(count)).stored]) }
      source.stop()
      let tool = try KafkaConsumer(broker.configuration(), groupID: "store-1") { _ in }
      let partition = KafkaPartition(topic: harness.topic, number: 0)
      #expect(try tool.committed(of: [partition], timeoutMilliseconds: 5000) == [partition: 10])
      #expect(harness.notices.all.isEmpty)
    }
  }

  @Test("The end of each log is known, also while paused")
  func logEnds() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker, partitions: 2)
      try harness.produce(0..<10)
      let source = try harness.source()
      #expect(source.logEnds() == [harness.partition(0): 10, harness.partition(1): 0])
      try source.pause()
      try harness.produce(10..<12)
      while source.logEnds()[harness.partition(0)] != 12 { _ = try source.poll(maxCount: 10, timeoutMilliseconds: 20) }
      #expect(source.logEnds() == [harness.partition(0): 12, harness.partition(1): 0])
      #expect(!source.isExhausted)
    }
  }
}
