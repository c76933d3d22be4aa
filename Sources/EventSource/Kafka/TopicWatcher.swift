// Owns the regular look at the topic: which partitions there are and where their logs end. Invariant: looking never
// delays reading; it has a thread of its own.

import Foundation
import IndexModel
import KafkaClient
import Synchronization

/// Looks at a topic every `metadataSeconds` on its own thread, from `start` to `stop`.
final class TopicWatcher: Sendable {
  private struct State {
    var logs: [SourcePartition: KafkaLogRange] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())
  private let stopped = DispatchSemaphore(value: 0)
  private let configuration: KafkaSourceConfiguration
  private let consumer: KafkaConsumer

  init(_ configuration: KafkaSourceConfiguration, consumer: KafkaConsumer) {
    self.configuration = configuration
    self.consumer = consumer
  }

  /// Begins to look, at once.
  func start() {
    let thread = Thread { [self] in
      repeat { look() } while stopped.wait(timeout: .now() + max(configuration.metadataSeconds, 0.05)) == .timedOut
    }
    thread.name = "kafka-topic"
    thread.start()
  }

  /// Ends the looking. Idempotent; a look on its way ends within its time limit.
  func stop() {
    let wasStopped = state.withLock { state in
      defer { state.isStopped = true }
      return state.isStopped
    }
    if !wasStopped { stopped.signal() }
  }

  /// The topic's logs as last seen, taken once: empty until the next look.
  func take() -> [SourcePartition: KafkaLogRange] {
    state.withLock { state in
      defer { state.logs = [:] }
      return state.logs
    }
  }

  /// Looks once. What fails is left for the next look: the reading thread sees and reports outages itself.
  private func look() {
    guard
      let partitions = try? consumer.partitions(ofTopic: configuration.topic, timeoutMilliseconds: 1000)
        .filter({ configuration.partitions.contains($0.number) }),
      let ranges = try? consumer.logRanges(of: partitions, timeoutMilliseconds: 1000)
    else { return }
    let logs = Dictionary(uniqueKeysWithValues: ranges.map { (SourcePartition($0), $1) })
    state.withLock { $0.logs = logs }
  }
}

extension PartitionSelection {
  /// Whether partition `number` is read.
  func contains(_ number: Int32) -> Bool {
    switch self {
    case .all: true
    case .listed(let numbers): numbers.contains(number)
    }
  }
}
