// Owns a stream of events at a steady rate. Invariant: record n goes to partition n modulo the number of partitions, so
// its offset is known before it is sent.

import Foundation
import Freshet
import KafkaClient
import Synchronization

/// Events made beforehand, so that nothing but sending them costs anything while others are measured.
struct EventStream: Sendable {
  let broker: BenchBroker
  let events: [EventSeries.Event]
  let perSecond: Int
  /// Records that the topic's partitions hold already, all together: a multiple of their number.
  var recordsBefore = 0

  /// Updates of an index of `itemCount` items, one after another; `first` is the number of the first event.
  static func updates(
    of series: EventSeries, first: Int, count: Int, itemCount: Int, _ kind: EventSeries.Kind
  ) -> [EventSeries.Event] {
    (first..<first + count).map { series.event($0, item: $0 % itemCount, kind) }
  }

  /// The positions after the last event.
  var end: SourcePositions {
    let total = recordsBefore + events.count
    return SourcePositions(
      Dictionary(
        uniqueKeysWithValues: (0..<broker.partitionCount).map { partition in
          (broker.position(partition, 0).partition, Int64((total - 1 - partition) / broker.partitionCount + 1))
        }))
  }

  /// Where event `number` will stand.
  func position(of number: Int) -> EventPosition {
    let record = recordsBefore + number
    return broker.position(record % broker.partitionCount, Int64(record / broker.partitionCount))
  }

  /// Sends all events; `willSend` is called on the sending thread just before each. Returns once all are acknowledged.
  /// Throws where one could not be sent, or stands elsewhere than foretold.
  func send(_ willSend: @escaping @Sendable (_ number: Int) -> Void = { _ in }) async throws {
    try await OwnThread.run("bench-producer") {
      var configuration = broker.configuration
      // The library holds a record back for 5 ms, to send more together; the stream is to measure Freshet.
      configuration.properties["linger.ms"] = "0"
      let producer = try KafkaProducer(configuration, inFlightMax: 20_000) { _ in }
      defer { producer.close() }
      try producer.warmUp(topic: BenchBroker.topic)
      let failure = Mutex<String?>(nil)
      let start = Stopwatch.nanoseconds
      for (number, event) in events.enumerated() {
        pause(until: start + UInt64(number) * 1_000_000_000 / UInt64(perSecond))
        let position = position(of: number)
        willSend(number)
        try producer.enqueue(
          KafkaOutgoingRecord(
            topic: BenchBroker.topic, partition: position.partition.partition, key: event.key, value: event.line)
        ) { result in
          switch result {
          case .success(let delivery) where delivery.offset == position.offset: break
          default: failure.withLock { $0 = "event \(number) was expected at \(position): \(result)" }
          }
        }
      }
      try producer.flush()
      if let reason = failure.withLock({ $0 }) { throw BenchFailure(reason) }
    }
  }

  private func pause(until moment: UInt64) {
    let now = Stopwatch.nanoseconds
    if now < moment { Thread.sleep(forTimeInterval: Double(moment - now) / 1e9) }
  }
}
