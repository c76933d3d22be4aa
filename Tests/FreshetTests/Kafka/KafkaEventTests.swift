// Owns the promises about the way of an event: what is written to a topic is what searches find.

import Freshet
import IndexModel
import KafkaClient
import TestKit
import Testing

@Suite("From a Kafka topic to a search: events", .serialized, .timeLimit(.minutes(5)))
struct KafkaEventTests {
  @Test("an item is found after its upsert, as its update left it, and never after its delete by a null value")
  func lifeOfAnItem() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      try await Freshet.following(stage.topology()) { freshet in
        try await freshet.reach(stage.produce([stage.put("a", 1), stage.put("b", 2), stage.put("c", 3)]))
        #expect(try await freshet.numbers() == ["a": 1, "b": 2, "c": 3])
        let nearest = try await freshet.search(SearchRequest(query: .vector(KafkaStage.vector(2), model: nil), k: 1))
        #expect(nearest.hits.map(\.id.rawValue) == ["b"])
        #expect(nearest.hits.first?.position == EventPosition(partition: stage.partition(0), offset: 1))

        try await freshet.reach(stage.produce([stage.put("b", 4), stage.record("a", nil)]))
        #expect(try await freshet.numbers() == ["b": 4, "c": 3])
        #expect(try await freshet.item(#require(ItemID("a"))) == nil)
        #expect(try await freshet.item(#require(ItemID("b")))?.attributes == ["number": .integer(4)])
        #expect(try await freshet.status().tombstones == 1)
      }
    }
  }

  @Test("whatever the order and the repetition in which versions come, the newest of each item wins")
  func reordering() async throws {
    let seed = TestSeed.announced(for: "KafkaEventTests", fixed: 77)
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      var random = SplitMix64(seed: seed)
      var records: [KafkaOutgoingRecord] = []
      for item in 0..<20 {
        // The newest version of every fourth item is a delete; each other item has one in between.
        let deleted: UInt64 = item % 4 == 0 ? 12 : 6
        for version in UInt64(1)...12 where version != deleted {
          records.append(stage.put("item-\(item)", item * 100 + Int(version), version: version))
        }
        records.append(
          stage.record("item-\(item)", #"{"id":"item-\#(item)","op":"delete","version":\#(deleted)}"#))
      }
      records += records.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
      records.shuffle(using: &random)
      let end = try stage.produce(records)
      try await Freshet.following(stage.topology(version: "field")) { freshet in
        try await freshet.reach(end)
        let expected = (0..<20).filter { $0 % 4 != 0 }.map { ("item-\($0)", $0 * 100 + 12) }
        #expect(try await freshet.numbers() == Dictionary(uniqueKeysWithValues: expected), "seed \(seed)")
        #expect(try await freshet.status().ingest.droppedStale > 0)
      }
    }
  }

  @Test("what is no event is parked with its position and reason, and the stream goes on")
  func poison() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      let zeros = Array(repeating: "0", count: KafkaStage.dimension).joined(separator: ",")
      let end = try stage.produce([
        stage.put("before", 1),
        stage.record("x", "{ not an event"),
        stage.record("x", #"{"id":"x","vector":[1,2,3]}"#),
        stage.record("x", #"{"id":"x","vector":[\#(zeros)]}"#),
        stage.record("x", #"{"id":"x","op":"merge"}"#),
        stage.put("after", 2),
      ])
      try await Freshet.following(stage.topology()) { freshet in
        try await freshet.reach(end)
        #expect(try await freshet.numbers() == ["before": 1, "after": 2])
        let letters = try await freshet.deadLetters()
        #expect(letters.map(\.position.offset) == [1, 2, 3, 4])
        #expect(letters.allSatisfy { !$0.reason.isEmpty && !$0.code.isEmpty })
        #expect(Set(letters.map(\.code)).count == 4, "each fault has a code of its own")
        #expect(letters.first?.value == Array("{ not an event".utf8))
        let status = try await freshet.status()
        #expect(status.deadLetters == 4)
        #expect(status.positions == end)
      }
    }
  }

  @Test("a producer that waits for where its event was put reads its own write")
  func readYourWrite() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker, partitions: 3)
      let path = try stage.topology()
      let producer = try EventProducer(topology: TopologyFile.load(path))
      try await Freshet.following(path) { freshet in
        for number in 1...20 {
          let line = try #require(stage.put("item", number).value)
          try await freshet.wait(for: producer.send(line: line), timeout: .seconds(60))
          #expect(try await freshet.numbers() == ["item": number])
        }
      }
      await producer.close()
    }
  }
}
