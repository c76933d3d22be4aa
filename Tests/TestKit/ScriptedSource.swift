// Owns a source whose log a test writes record by record. Invariant: like a real log, it is read again from any offset.

import Foundation
import IndexModel
import TierEngine

/// An in-memory log of one topic, followed like a Kafka topic.
public final class ScriptedSource: EventSourcePort, @unchecked Sendable {
  // SAFETY: every `var` is read and written only while `condition` is held.
  private let condition = NSCondition()
  private var logs: [SourcePartition: [SourceRecord]]
  private var nextOffsets: [SourcePartition: Int64] = [:]
  private var isPaused = false
  private var isStopped = false

  /// Starts with empty partitions, or with the logs of another source, as after a restart.
  public init(topic: String = "catalog.items", partitionCount: Int32 = 2, continuing other: ScriptedSource? = nil) {
    logs =
      other?.condition.withLock { other?.logs } ?? nil
      ?? Dictionary(
        uniqueKeysWithValues: (0..<partitionCount).map { (SourcePartition(topic: topic, partition: $0), []) })
  }

  /// The partitions, in order.
  public var partitions: [SourcePartition] { condition.withLock { logs.keys.sorted() } }

  /// Appends a record and returns its position.
  @discardableResult
  public func append(
    _ json: String?, key: String? = nil, to partition: SourcePartition, time: EventTime
  ) -> EventPosition {
    condition.withLock {
      let offset = Int64(logs[partition, default: []].count)
      let position = EventPosition(partition: partition, offset: offset)
      logs[partition, default: []].append(
        SourceRecord(
          position: position, nextOffset: offset + 1, time: time, key: key.map { Array($0.utf8) },
          value: json.map { Array($0.utf8) }))
      condition.broadcast()
      return position
    }
  }

  /// The end of every partition, as positions to wait for.
  public var end: SourcePositions { SourcePositions(logEnds()) }

  /// Goes to the stored positions.
  public func start(at positions: [SourcePartition: StoredPosition]) throws {
    condition.withLock {
      for partition in logs.keys { nextOffsets[partition] = positions[partition]?.nextOffset ?? 0 }
    }
  }

  /// The next records; waits for the first.
  public func poll(maxCount: Int, timeoutMilliseconds: Int) throws -> [SourceRecord] {
    let deadline = Date(timeIntervalSinceNow: Double(timeoutMilliseconds) / 1000)
    return condition.withLock {
      while true {
        let records = isPaused ? [] : take(maxCount)
        if !records.isEmpty || isStopped { return records }
        if !condition.wait(until: deadline) { return [] }
      }
    }
  }

  private func take(_ maxCount: Int) -> [SourceRecord] {
    var taken: [SourceRecord] = []
    for partition in logs.keys.sorted() {
      let next = Int(nextOffsets[partition] ?? 0)
      let records = logs[partition, default: []].dropFirst(next).prefix(maxCount - taken.count)
      taken += records
      nextOffsets[partition] = Int64(next + records.count)
    }
    return taken
  }

  /// Stops delivery.
  public func pause() throws { condition.withLock { isPaused = true } }

  /// Goes on.
  public func resume() throws {
    condition.withLock {
      isPaused = false
      condition.broadcast()
    }
  }

  /// Does nothing: nobody watches a scripted log.
  public func announce(_ positions: [SourcePartition: StoredPosition]) {}

  /// How many records each partition holds.
  public func logEnds() -> [SourcePartition: Int64] { condition.withLock { logs.mapValues { Int64($0.count) } } }

  /// A scripted log never ends.
  public var isExhausted: Bool { false }

  /// Wakes a waiting poll for the last time.
  public func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }
}
