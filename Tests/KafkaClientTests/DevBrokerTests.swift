// Owns the promises of the development broker's helper.

import Foundation
import KafkaClient
import TestKit
import Testing

@Suite("Development broker", .serialized)
struct DevBrokerTests {
  @Test("A broker keeps topics and records over a stop and a start on the same port and folder")
  func keepsRecordsOverRestart() async throws {
    try await withDevBroker { broker in
      try broker.createTopic("kept", partitions: 2)
      let delivered = try broker.produce([
        KafkaOutgoingRecord(topic: "kept", partition: 1, key: [1], value: [2, 3])
      ])
      broker.stop()
      #expect(broker.processIdentifier == nil)
      try broker.start()
      let consumer = try KafkaConsumer(broker.configuration(), groupID: "reader") { _ in }
      let place = try #require(delivered.first)
      let found = try consumer.firstRecords(at: [place.partition: place.offset], timeoutMilliseconds: 10_000)
      #expect(found[place.partition]?.key == [1])
      #expect(found[place.partition]?.value == [2, 3])
    }
  }
}
