// Owns the consumer's part of the library: assignment, the record queue, commits.

import CRdKafka

/// The queue that records of all assigned partitions arrive in.
// SAFETY: the pointer is set once and stays valid until `deinit`, which runs before the handle goes because this
// object holds the handle; librdkafka locks inside every call.
@safe final class RDKafkaRecordQueue: @unchecked Sendable {
  let client: RDKafkaClient
  private let pointer: OpaquePointer

  init(of client: RDKafkaClient) throws(KafkaError) {
    guard let queue = unsafe rd_kafka_queue_get_consumer(client.pointer) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_GROUP, attempting: "opening the record queue; set a group id")
    }
    self.client = client
    unsafe pointer = queue
  }

  deinit {
    unsafe rd_kafka_queue_destroy(pointer)
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
  /// Reads exactly these partitions from these offsets from now on; what was fetched before is discarded.
  func assign(_ offsets: [KafkaPartition: Int64]) throws(KafkaError) {
    let list = try RDKafkaPartitionList(offsets)
    try KafkaError.check(
      unsafe rd_kafka_assign(pointer, list.pointer), attempting: "assigning \(offsets.count) partitions")
  }

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
