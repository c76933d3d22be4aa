// Owns the promises about positions that are gone and logs that are not the ones that were read.

import EventSource
import IndexModel
import KafkaClient
import TestKit
import Testing
import TierEngine

@Suite("Kafka source: lost positions and replaced logs", .serialized, .timeLimit(.minutes(2)))
struct KafkaLostPositionTests {
  @Test("A position past the log's end stops, begins anew or jumps to the end, as the settings say, and is told")
  func pastTheEnd() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try harness.produce(0..<10)
      let lost = [harness.partition(0): StoredPosition(nextOffset: 50, lastOffset: 49, lastRecordHash: 1)]
      let error = #expect(throws: EventSourceError.self) { try harness.source(at: lost) }
      #expect(error?.code == .positionLost)
      for part in ["catalog.items", "partition 0", " 50 ", "0..<10"] {
        #expect(error?.message.contains(part) == true, "\(part) in \(error?.message ?? "")")
      }
      for (policy, place) in [(LostPositionPolicy.earliest, Int64(0)), (.latest, 10)] {
        let source = try harness.source(at: lost) { $0.onPositionLost = policy }
        #expect(
          harness.notices.all.last == .positionReset(harness.partition(0), from: 50, to: place, log: 0..<10))
        if policy == .latest { try harness.produce(10..<11) }
        #expect(try source.read(1)[0].position.offset == place)
        source.stop()
      }
    }
  }

  @Test("A position before the log's start stops, or begins at the first record that is left, and is told")
  func beforeTheStart() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try harness.produce(0..<10)
      let applied = try harness.source().read(3)
      try KafkaAdmin(broker.configuration())
        .deleteRecords(before: [KafkaPartition(topic: harness.topic, number: 0): 6])
      let lost = [harness.partition(0): applied.stored]
      let error = #expect(throws: EventSourceError.self) { try harness.source(at: lost) }
      #expect(error?.code == .positionLost)
      #expect(error?.message.contains("6..<10") == true)
      let source = try harness.source(at: lost) { $0.onPositionLost = .earliest }
      #expect(try source.read(4).offsets == [0: [6, 7, 8, 9]])
      #expect(harness.notices.all.last == .positionReset(harness.partition(0), from: 3, to: 6, log: 6..<10))
    }
  }

  @Test("Records that are removed while the source is paused are a lost position, decided by the settings")
  func lostWhilePaused() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try harness.produce(0..<10)
      let stopping = try harness.source()
      let goingOn = try harness.source { $0.onPositionLost = .earliest }
      for source in [stopping, goingOn] {
        _ = try source.read(3)
        try source.pause()
      }
      try KafkaAdmin(broker.configuration())
        .deleteRecords(before: [KafkaPartition(topic: harness.topic, number: 0): 6])
      for source in [stopping, goingOn] { try source.resume() }
      #expect(#expect(throws: EventSourceError.self) { _ = try stopping.read(1) }?.code == .positionLost)
      #expect(try goingOn.read(4).offsets == [0: [6, 7, 8, 9]])
      #expect(harness.notices.all.contains(.positionReset(harness.partition(0), from: 3, to: 6, log: 6..<10)))
    }
  }

  @Test("A last applied record that retention removed is no loss where the next one is still there")
  func lastRecordGone() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try harness.produce(0..<10)
      let applied = try harness.source().read(6)
      try KafkaAdmin(broker.configuration())
        .deleteRecords(before: [KafkaPartition(topic: harness.topic, number: 0): 6])
      let source = try harness.source(at: [harness.partition(0): applied.stored])
      #expect(try source.read(4).offsets == [0: [6, 7, 8, 9]])
    }
  }

  @Test("A topic that was made anew with other records is refused at start")
  func replacedLog() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try harness.produce(0..<10)
      let first = try harness.source()
      let applied = try first.read(6)
      first.stop()
      let admin = try KafkaAdmin(broker.configuration())
      try admin.deleteTopic(harness.topic)
      try admin.createTopic(harness.topic, partitions: 1)
      try harness.produce(0..<10, salt: "another ")
      for policy in LostPositionPolicy.allCases {
        let error = #expect(throws: EventSourceError.self) {
          try harness.source(at: [harness.partition(0): applied.stored]) { $0.onPositionLost = policy }
        }
        #expect(error?.code == .logReplaced)
        #expect(error?.message.contains("offset 5") == true)
      }
    }
  }

  @Test("A broker that lost its tail while it was down is noticed: the source stops and names the place")
  func lostTail() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      // A stopped broker has saved the topic itself.
      broker.stop()
      try broker.start()
      let source = try harness.source()
      var written = 0
      // The broker saves about once a second: what is written, read and killed at once is gone, unless it was just
      // being saved, in which case the next round loses its tail.
      while true {
        try harness.produce(written..<written + 10)
        written += 10
        _ = try source.read(10)
        broker.kill()
        try broker.start()
        let consumer = try KafkaConsumer(broker.configuration(), groupID: "check") { _ in }
        let partition = KafkaPartition(topic: harness.topic, number: 0)
        if try consumer.logRanges(of: [partition], timeoutMilliseconds: 5000)[partition]?.end != Int64(written) {
          break
        }
      }
      let error = #expect(throws: EventSourceError.self) { _ = try source.read(1) }
      #expect(error?.code == .positionLost)
      #expect(error?.message.contains(" \(written) ") == true)
    }
  }

  @Test("A tail that was replaced during an outage is refused, although the position is in the log again")
  func replacedTail() async throws {
    try await withDevBroker { broker in
      let harness = try Harness(broker)
      try harness.produce(0..<10)
      let source = try harness.source()
      _ = try source.read(10)
      broker.stop()
      while harness.notices.all.isEmpty { _ = try source.poll(maxCount: 10, timeoutMilliseconds: 20) }
      try broker.start()
      let admin = try KafkaAdmin(broker.configuration())
      try admin.deleteTopic(harness.topic)
      try admin.createTopic(harness.topic, partitions: 1)
      try harness.produce(0..<30, salt: "another ")
      let error = #expect(throws: EventSourceError.self) { _ = try source.read(1) }
      #expect(error?.code == .logReplaced)
      #expect(error?.message.contains("offset 9") == true)
    }
  }
}
