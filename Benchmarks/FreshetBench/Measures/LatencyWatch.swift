// Owns the times of one stream's events: sent, seen by a plain consumer, reflected by searches.

import Foundation
import Freshet
import KafkaClient
import Synchronization

/// Watches every event of a stream. The first ones warm everything up and are not counted.
final class LatencyWatch: Sendable {
  private struct Times {
    var sent: [UInt64]
    var searchable = Samples()
    var searchableByMoment: [(sent: UInt64, nanoseconds: UInt64)] = []
    var consumed = Samples()
    var waits: [Task<Void, any Error>] = []
  }
  private let times: Mutex<Times>
  private let stream: EventStream
  private let firstCounted: Int

  init(_ stream: EventStream, warmUpCount: Int) {
    self.stream = stream
    firstCounted = warmUpCount
    times = Mutex(Times(sent: Array(repeating: 0, count: stream.events.count)))
  }

  /// Milliseconds from just before sending until searches reflect the event.
  var searchable: Samples { times.withLock { $0.searchable } }
  /// Milliseconds from just before sending until a plain consumer has the record.
  var consumed: Samples { times.withLock { $0.consumed } }

  /// Notes the time and begins to wait for the event, before it is sent, so that no wait begins late.
  func willSend(_ number: Int, to freshet: Freshet) {
    let sent = Stopwatch.nanoseconds
    let position = stream.position(of: number)
    times.withLock { times in
      times.sent[number] = sent
      guard number >= firstCounted else { return }
      times.waits.append(
        Task {
          try await freshet.wait(for: position, timeout: .seconds(120))
          let now = Stopwatch.nanoseconds
          self.times.withLock { times in
            times.searchable.add(now - sent)
            times.searchableByMoment.append((sent, now - sent))
          }
        })
    }
  }

  /// The slowest events: when each was sent and how long it took.
  func slowest(_ count: Int) -> [(sent: UInt64, nanoseconds: UInt64)] {
    Array(times.withLock { $0.searchableByMoment }.sorted { $0.nanoseconds > $1.nanoseconds }.prefix(count))
  }

  /// Waits until searches reflect every event. Throws where one does not come.
  func finish() async throws {
    for wait in times.withLock({ $0.waits }) { try await wait.value }
  }

  /// Reads the topic beside Freshet until every event was seen.
  func consume() async throws {
    try await OwnThread.run("bench-consumer") { [self] in
      let broker = stream.broker
      let consumer = try KafkaConsumer(broker.configuration, groupID: "bench-consumer") { _ in }
      try consumer.assign(
        Dictionary(
          uniqueKeysWithValues: (0..<broker.partitionCount).map {
            (KafkaPartition(topic: BenchBroker.topic, number: Int32($0)), 0)
          }))
      var seen = 0
      while seen < stream.events.count {
        let batch = consumer.poll(maxCount: 1000, timeoutMilliseconds: 100)
        let now = Stopwatch.nanoseconds
        if let fault = batch.faults.first(where: { $0.error.disposition != .retry }) { throw fault.error }
        seen += batch.records.count
        times.withLock { times in
          for record in batch.records {
            let number = Int(record.offset) * broker.partitionCount + Int(record.partition.number)
            if number >= firstCounted { times.consumed.add(now - times.sent[number]) }
          }
        }
      }
    }
  }
}
