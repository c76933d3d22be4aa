// Owns the promises about places in the log: an index goes on where its store stands, and says so where it cannot.

import Freshet
import IndexModel
import KafkaClient
import TestKit
import Testing

@Suite("From a Kafka topic to a search: positions", .serialized, .timeLimit(.minutes(5)))
struct KafkaPositionTests {
  @Test("a restart goes on from the store's position, whatever the group has committed")
  func resume() async throws {
    for committed in [Int64(0), 20] {
      try await withDevBroker { broker in
        let stage = try KafkaStage(broker)
        let path = try stage.topology()
        let first = try stage.produce((0..<10).map { stage.put("item-\($0)", $0) })
        try await Freshet.following(path) { try await $0.reach(first) }
        let second = try stage.produce((10..<20).map { stage.put("item-\($0)", $0) })
        try commit(committed, stage)
        try await Freshet.following(path) { freshet in
          try await freshet.reach(second)
          #expect(try await freshet.numbers().count == 20)
          let status = try await freshet.status()
          #expect(status.durableSequence.rawValue == 20, "nothing was applied twice")
          #expect(status.ingest.recordsRead == 10, "nothing was read twice")
        }
      }
    }
  }

  /// Overwrites the offset of the index's group, and waits until the broker has it.
  private func commit(_ offset: Int64, _ stage: KafkaStage) throws {
    let consumer = try KafkaConsumer(stage.broker.configuration(), groupID: "freshet-store") { _ in }
    let partition = KafkaPartition(topic: stage.topic, number: 0)
    try consumer.commit([partition: offset])
    var seen: Int64?
    for _ in 0..<200 where seen != offset {
      _ = consumer.poll(maxCount: 1, timeoutMilliseconds: 20)
      seen = try consumer.committed(of: [partition], timeoutMilliseconds: 5000)[partition]
    }
    #expect(seen == offset)
  }

  @Test("a broker that is stopped and started again is survived: every item is there")
  func brokerRestart() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker, partitions: 2)
      try await Freshet.following(stage.topology()) { freshet in
        try await freshet.reach(stage.produce((0..<50).map { stage.put("item-\($0)", $0, partition: Int32($0 % 2)) }))
        broker.stop()
        #expect(try await freshet.numbers().count == 50, "searches are answered during the outage")
        try broker.start()
        try await freshet.reach(
          stage.produce((50..<80).map { stage.put("item-\($0)", $0, partition: Int32($0 % 2)) }))
        #expect(
          try await freshet.numbers() == Dictionary(uniqueKeysWithValues: (0..<80).map { ("item-\($0)", $0) }))
        #expect(try await freshet.status().durableSequence.rawValue == 80)
      }
    }
  }

  @Test("a topic that was made anew with other records is refused, and the items stay")
  func replacedLog() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      let path = try stage.topology()
      let end = try stage.produce((0..<10).map { stage.put("item-\($0)", $0) })
      try await Freshet.following(path) { try await $0.reach(end) }
      try remake(stage, with: (0..<20).map { stage.put("other-\($0)", $0) })
      #expect(try await Freshet.refusal(path)?.code == .logReplaced)
      let freshet = try await Freshet.open(topology: path)
      #expect(try await freshet.numbers().keys.allSatisfy { $0.hasPrefix("item-") })
      await freshet.close()
    }
  }

  @Test("a log that lost its tail stops the index, which names the place")
  func lostTailStops() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      let path = try stage.topology()
      try await loseTail(stage, path)
      let refusal = try await Freshet.refusal(path)
      #expect(refusal?.code == .positionLost)
      for part in [stage.topic, "10", "0..<6"] { #expect(refusal?.message.contains(part) == true) }
    }
  }

  @Test(
    "where the topology says so, a log that lost its tail is read on, and what is written from then on is found",
    arguments: ["earliest", "latest"])
  func lostTailGoesOn(policy: String) async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      try await loseTail(stage, stage.topology())
      try await Freshet.following(stage.topology(source: "onPositionLost: \(policy)")) { freshet in
        try await freshet.catchUp()
        let end = try stage.produce((0..<8).map { stage.put("new-\($0)", 100 + $0) })
        try await freshet.reach(end)
        let numbers = try await freshet.numbers()
        for number in 0..<8 { #expect(numbers["new-\(number)"] == 100 + number) }
        for number in 0..<10 { #expect(numbers["item-\(number)"] == number) }
      }
    }
  }

  /// Lets an index apply ten records, and makes a log that holds only the first six of them.
  private func loseTail(_ stage: KafkaStage, _ path: String) async throws {
    let records = (0..<10).map { stage.put("item-\($0)", $0) }
    let end = try stage.produce(records)
    try await Freshet.following(path) { try await $0.reach(end) }
    try remake(stage, with: Array(records.prefix(6)))
  }

  private func remake(_ stage: KafkaStage, with records: [KafkaOutgoingRecord]) throws {
    let admin = try KafkaAdmin(stage.broker.configuration())
    try admin.deleteTopic(stage.topic)
    try admin.createTopic(stage.topic, partitions: 1)
    try stage.produce(records)
  }
}
