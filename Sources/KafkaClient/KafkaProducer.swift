// Owns writing records. Invariant: every record that was taken is completed exactly once, also when the producer is
// closed, and no more than `inFlightMax` are on their way.

import Foundation
import Synchronization

/// A writer of records with a bounded window: who wants to write more waits. From any thread.
public final class KafkaProducer: Sendable {
  /// Called once for a record, on the producer's own thread; must not block.
  public typealias Completion = @Sendable (Result<KafkaDelivery, KafkaError>) -> Void

  private let client: RDKafkaClient
  private let window: SharedWindow

  /// Makes a producer and its thread; connects in the background. At most `inFlightMax` records are on their way.
  /// `onEvent` is called on the producer's thread.
  public init(
    _ configuration: KafkaConfiguration, inFlightMax: Int = 10_000, onEvent: @escaping KafkaEventHandler
  ) throws(KafkaError) {
    // The window bounds the records; the library's own bounds must never be met first. It counts a record until its
    // whole delivery report is destroyed, so for a moment as many new ones are beside those reported.
    let defaults = [
      "queue.buffering.max.messages": String(2 * max(inFlightMax, 1)),
      "queue.buffering.max.kbytes": String(Int32.max),
    ]
    let client = try RDKafkaClient(.producer, properties: configuration.resolved(over: defaults))
    let window = SharedWindow(inFlightMax: inFlightMax)
    self.client = client
    self.window = window
    let thread = Thread { Self.pullEvents(of: client, until: window, onEvent) }
    thread.name = "kafka-producer"
    thread.start()
  }

  deinit {
    finish()
  }

  /// Writes a record and returns where it stands once the broker acknowledged it. Suspends while the window is full;
  /// does not stop when its task is cancelled, because the record may already be written.
  public func produce(_ record: KafkaOutgoingRecord) async throws -> KafkaDelivery {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      window.enter { failure in
        if let failure { continuation.resume(throwing: failure) } else { continuation.resume() }
      }
    }
    return try await withCheckedThrowingContinuation { continuation in
      do {
        try handOver(record) { continuation.resume(with: $0.mapError { $0 as any Error }) }
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  /// Hands a record over and returns; `completion` is called when the broker acknowledged it or it was given up. Blocks
  /// while the window is full, so not for the cooperative pool. Where this throws, `completion` is never called.
  public func enqueue(_ record: KafkaOutgoingRecord, completion: @escaping Completion) throws(KafkaError) {
    let answer = WaitedAnswer()
    window.enter { answer.give($0) }
    if let failure = answer.wait() { throw failure }
    try handOver(record, completion: completion)
  }

  /// Opens the connections to the leaders of a topic's partitions, so that the first record does not wait for them.
  /// Writes nothing; makes the topic where there is none and the broker makes topics by itself. Blocks up to the time
  /// limit.
  public func warmUp(topic: String, timeoutMilliseconds: Int = 10_000) throws(KafkaError) {
    let limit = Int32(clamping: timeoutMilliseconds)
    let partitions = try client.partitions(ofTopic: topic, timeoutMilliseconds: limit)
      .map { KafkaPartition(topic: topic, number: $0) }
    _ = try client.logRanges(of: partitions, timeoutMilliseconds: limit)
  }

  /// Waits until every record that was taken is acknowledged or given up. Blocks up to the time limit. Throws
  /// `.timedOut` where some are not.
  public func flush(timeoutMilliseconds: Int = 30_000) throws(KafkaError) {
    try client.flush(timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// Refuses further records, flushes, and gives up what is not acknowledged within the time limit. Idempotent.
  public func close(timeoutMilliseconds: Int = 5_000) {
    window.close()
    // What the flush leaves is given up below, and each record's completion says so.
    try? client.flush(timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
    finish()
  }

  /// Records that are on their way.
  public var inFlightCount: Int { window.inFlightCount }

  private func finish() {
    window.close()
    client.purge()
  }

  private func handOver(_ record: KafkaOutgoingRecord, completion: @escaping Completion) throws(KafkaError) {
    do {
      try client.produce(record) { [window] result in
        window.leave()
        completion(result)
      }
    } catch {
      window.leave()
      throw error
    }
  }

  /// Completes records and tells events until the window is closed and empty.
  private static func pullEvents(
    of client: RDKafkaClient, until window: SharedWindow, _ onEvent: KafkaEventHandler
  ) {
    while !window.isFinished {
      if case .told(let event) = client.nextEvent(timeoutMilliseconds: 100) { onEvent(event) }
    }
  }
}

/// A window under its lock; waiters are called outside it.
private final class SharedWindow: Sendable {
  private let window: Mutex<ProducerWindow>

  init(inFlightMax: Int) {
    window = Mutex(ProducerWindow(inFlightMax: inFlightMax))
  }

  /// Calls `waiter` once, now or later.
  func enter(_ waiter: @escaping ProducerWindow.Waiter) {
    switch window.withLock({ $0.enter(orWait: waiter) }) {
    case .entered: waiter(nil)
    case .waiting: return
    case .refused(let error): waiter(error)
    }
  }

  func leave() {
    window.withLock { $0.leave() }?(nil)
  }

  func close() {
    for waiter in window.withLock({ $0.close() }) { waiter(ProducerWindow.closedError) }
  }

  var inFlightCount: Int { window.withLock { $0.inFlightCount } }
  var isFinished: Bool { window.withLock { $0.isClosed && $0.inFlightCount == 0 } }
}

/// An answer that one thread waits for and another gives.
private final class WaitedAnswer: Sendable {
  private let given = DispatchSemaphore(value: 0)
  private let failure = Mutex<KafkaError?>(nil)

  func give(_ failure: KafkaError?) {
    self.failure.withLock { $0 = failure }
    given.signal()
  }

  func wait() -> KafkaError? {
    given.wait()
    return failure.withLock { $0 }
  }
}
