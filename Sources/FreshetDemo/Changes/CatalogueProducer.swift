// Owns the writing of changes to the topic. Invariant: a failed delivery is counted and its first cause kept; nothing
// is dropped silently.

import Foundation
import KafkaClient
import Synchronization

/// Writes the catalogue's changes.
final class CatalogueProducer: Sendable {
  private struct Tally {
    var acknowledged = 0
    var firstFailure: KafkaError?
  }

  private let topic: String
  private let producer: KafkaProducer
  private let tally = Mutex(Tally())

  /// Connects to the brokers that `configuration` names.
  init(topic: String, configuration: KafkaConfiguration) throws {
    self.topic = topic
    producer = try KafkaProducer(configuration) { _ in }
    try producer.warmUp(topic: topic)
  }

  /// Records that the broker has acknowledged.
  var acknowledgedCount: Int { tally.withLock { $0.acknowledged } }

  /// Writes `items` as fast as the broker takes them and returns once all are acknowledged. Works on a thread of its
  /// own.
  func load(_ items: [CatalogueItem]) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      DispatchQueue.global().async {
        continuation.resume(
          with: Result {
            for item in items { try self.enqueue(.added(item)) }
            try self.producer.flush(timeoutMilliseconds: 120_000)
          })
      }
    }
    if let failure = tally.withLock({ $0.firstFailure }) { throw failure }
  }

  /// Writes one change and returns once it is acknowledged.
  func write(_ change: CatalogueChange) async throws {
    _ = try await producer.produce(change.record(topic: topic))
    tally.withLock { $0.acknowledged += 1 }
  }

  /// Flushes and disconnects.
  func close() {
    producer.close()
  }

  private func enqueue(_ change: CatalogueChange) throws {
    try producer.enqueue(change.record(topic: topic)) { [self] outcome in
      tally.withLock { tally in
        switch outcome {
        case .success: tally.acknowledged += 1
        case .failure(let failure): tally.firstFailure = tally.firstFailure ?? failure
        }
      }
    }
  }
}
