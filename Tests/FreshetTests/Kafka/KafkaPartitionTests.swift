// Owns the promises about partitions: added ones are taken, and stores that divide them hold disjoint parts.

import Freshet
import IndexModel
import KafkaClient
import TestKit
import Testing

@Suite("From a Kafka topic to a search: partitions", .serialized, .timeLimit(.minutes(5)))
struct KafkaPartitionTests {
  @Test("a partition that is added while the index runs is taken from its first record")
  func added() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      try await Freshet.following(stage.topology()) { freshet in
        try await freshet.reach(stage.produce([stage.put("old", 1)]))
        try KafkaAdmin(broker.configuration()).createPartitions(ofTopic: stage.topic, total: 3)
        try await freshet.reach(
          stage.produce([stage.put("new-1", 2, partition: 1), stage.put("new-2", 3, partition: 2)]))
        #expect(try await freshet.numbers() == ["old": 1, "new-1": 2, "new-2": 3])
        #expect(try await freshet.status().positions.nextOffsets.count == 3)
      }
    }
  }

  @Test("two stores that divide the partitions hold disjoint items that together are all")
  func divided() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker, partitions: 4)
      let end = try stage.produce((0..<200).map { stage.put("item-\($0)", $0, partition: Int32($0 % 4)) })
      var parts: [[String: Int]] = []
      for (store, numbers) in [("left", [Int32(0), 3]), ("right", [1, 2])] {
        let path = try stage.topology(store: store, source: "partitions: \(numbers)")
        let own = SourcePositions(end.nextOffsets.filter { numbers.contains($0.key.partition) })
        let freshet = try await Freshet.open(topology: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await freshet.run(servesHTTP: false) }
          try await freshet.reach(own)
          parts.append(try await freshet.numbers())
          #expect(try await freshet.status().positions == own)
          group.cancelAll()
        }
      }
      #expect(parts.map(\.count) == [100, 100])
      #expect(Set(parts[0].keys).isDisjoint(with: parts[1].keys))
      #expect(
        parts[0].merging(parts[1]) { left, _ in left }
          == Dictionary(uniqueKeysWithValues: (0..<200).map { ("item-\($0)", $0) }))
    }
  }
}
