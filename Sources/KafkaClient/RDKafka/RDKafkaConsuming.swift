// Owns the consumer's part of the library: reading partitions, the record queue, commits. Invariant: a partition is
// stopped before it is started elsewhere.

import CRdKafka
import Synchronization

/// The library's handle of one topic.
// SAFETY: the pointer is set once and given back in `deinit`, before the client goes because this object holds it.
@safe final class RDKafkaTopic: @unchecked Sendable {
  let pointer: OpaquePointer
  private let client: RDKafkaClient

  init(_ name: String, of client: RDKafkaClient) throws(KafkaError) {
    guard let topic = unsafe rd_kafka_topic_new(client.pointer, name, nil) else {
      throw KafkaError(rd_kafka_last_error(), attempting: "opening topic `\(name)`")
    }
    unsafe pointer = topic
    self.client = client
  }

  deinit {
    unsafe rd_kafka_topic_destroy(pointer)
  }
}

/// Partitions that are read, and the queue that their records arrive in. Each one is started and stopped by a call that
/// waits until it is done: the library's own assignment stops partitions behind the caller's back, and ends the process
/// by an assertion where the next assignment comes too soon.
// SAFETY: the queue is set once and given back in `deinit`, before the handle goes because this object holds it;
// librdkafka locks inside every call.
@safe final class RDKafkaRecordQueue: @unchecked Sendable {
  private struct Reading {
    var started: Set<KafkaPartition> = []
    var topics: [String: RDKafkaTopic] = [:]
  }

  private let client: RDKafkaClient
  private let pointer: OpaquePointer
  private let reading = Mutex(Reading())

  init(of client: RDKafkaClient) throws(KafkaError) {
    guard let queue = unsafe rd_kafka_queue_new(client.pointer) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, attempting: "making the record queue")
    }
    self.client = client
    unsafe pointer = queue
  }

  deinit {
    // What cannot be stopped goes with the handle.
    try? assign([:])
    unsafe rd_kafka_queue_destroy(pointer)
  }

  /// Reads exactly these partitions from these offsets from now on; what was fetched before is discarded.
  func assign(_ offsets: [KafkaPartition: Int64]) throws(KafkaError) {
    try reading.withLock { (reading) throws(KafkaError) in
      for partition in reading.started {
        let topic = try topic(partition.topic, in: &reading)
        guard unsafe rd_kafka_consume_stop(topic.pointer, partition.number) == 0 else {
          throw KafkaError(rd_kafka_last_error(), attempting: "ceasing to read \(partition)")
        }
        reading.started.remove(partition)
      }
      for (partition, offset) in offsets {
        let topic = try topic(partition.topic, in: &reading)
        guard unsafe rd_kafka_consume_start_queue(topic.pointer, partition.number, offset, pointer) == 0 else {
          throw KafkaError(rd_kafka_last_error(), attempting: "beginning to read \(partition) at \(offset)")
        }
        reading.started.insert(partition)
      }
    }
  }

  private func topic(_ name: String, in reading: inout Reading) throws(KafkaError) -> RDKafkaTopic {
    if let made = reading.topics[name] { return made }
    let topic = try RDKafkaTopic(name, of: client)
    reading.topics[name] = topic
    return topic
  }

  /// Takes up to `maxCount` messages and gives each to `body` in order; waits up to `timeoutMilliseconds` for the
  /// first one only. The library's batch call waits until the batch is full, so it is used without waiting.
  func take(maxCount: Int, timeoutMilliseconds: Int32, _ body: (RDKafkaMessage.Reading) -> Void) {
    var reader = RDKafkaMessage.Reader()
    unsafe withUnsafeTemporaryAllocation(
      of: UnsafeMutablePointer<rd_kafka_message_t>?.self, capacity: max(maxCount, 1)
    ) { buffer in
      guard let slots = buffer.baseAddress else { return }
      unsafe slots.initialize(repeating: nil, count: buffer.count)
      var count = max(unsafe rd_kafka_consume_batch_queue(pointer, 0, slots, buffer.count), 0)
      if count == 0, timeoutMilliseconds > 0,
        let first = unsafe rd_kafka_consume_queue(pointer, timeoutMilliseconds)
      {
        unsafe slots[0] = first
        count = 1
        if buffer.count > 1 {
          count += max(unsafe rd_kafka_consume_batch_queue(pointer, 0, slots + 1, buffer.count - 1), 0)
        }
      }
      // SAFETY: the library filled the first `count` slots with messages that are ours to destroy, once each.
      for index in 0..<count {
        guard let message = unsafe slots[index] else { continue }
        unsafe body(reader.read(message))
        unsafe rd_kafka_message_destroy(message)
      }
    }
  }
}

extension RDKafkaClient {
  /// Commits without waiting; the result is an event.
  func commit(_ offsets: [KafkaPartition: Int64]) throws(KafkaError) {
    let list = try RDKafkaPartitionList(offsets)
    try KafkaError.check(
      unsafe rd_kafka_commit_queue(pointer, list.pointer, eventQueue, nil, nil), attempting: "committing offsets")
  }

  /// The group's committed offsets; a partition without one is absent. Blocks up to the time limit.
  func committed(
    of partitions: [KafkaPartition], timeoutMilliseconds: Int32
  ) throws(KafkaError) -> [KafkaPartition: Int64] {
    let list = try RDKafkaPartitionList(Dictionary(partitions.map { ($0, 0) }) { first, _ in first })
    try KafkaError.check(
      unsafe rd_kafka_committed(pointer, list.pointer, timeoutMilliseconds), attempting: "asking for committed offsets")
    var offsets: [KafkaPartition: Int64] = [:]
    for (partition, result) in list.results {
      let offset = try result.get()
      if offset >= 0 { offsets[partition] = offset }
    }
    return offsets
  }

  /// The end of a partition's log as the last fetch told it, without asking; `nil` before the first fetch.
  func lastSeenEnd(of partition: KafkaPartition) -> Int64? {
    var start: Int64 = -1
    var end: Int64 = -1
    let raw = unsafe rd_kafka_get_watermark_offsets(pointer, partition.topic, partition.number, &start, &end)
    return raw == RD_KAFKA_RESP_ERR_NO_ERROR && end >= 0 ? end : nil
  }
}
