// Owns questions to the brokers that any handle can ask. Every method blocks up to its time limit.

import CRdKafka

extension RDKafkaClient {
  /// The partitions of `topic`, in order. Throws `.unknownTopic` where there is none.
  func partitions(ofTopic topic: String, timeoutMilliseconds: Int32) throws(KafkaError) -> [Int32] {
    let attempt = "asking for the partitions of topic `\(topic)`"
    let handle = try RDKafkaTopic(topic, of: self)
    var metadata: UnsafePointer<rd_kafka_metadata>?
    try KafkaError.check(
      unsafe rd_kafka_metadata(pointer, 0, handle.pointer, &metadata, timeoutMilliseconds), attempting: attempt)
    guard let metadata = unsafe metadata else { throw KafkaError(RD_KAFKA_RESP_ERR__FAIL, attempting: attempt) }
    // SAFETY: the answer is ours until it is destroyed and states the lengths of its own arrays.
    defer { unsafe rd_kafka_metadata_destroy(metadata) }
    guard unsafe metadata.pointee.topic_cnt > 0, let answer = unsafe metadata.pointee.topics?.pointee else {
      throw KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, attempting: attempt)
    }
    unsafe try KafkaError.check(answer.err, attempting: attempt)
    let partitions = unsafe UnsafeBufferPointer(start: answer.partitions, count: Int(answer.partition_cnt))
    return unsafe partitions.map { unsafe $0.id }.sorted()
  }

  /// How many brokers the cluster has.
  func brokerCount(timeoutMilliseconds: Int32) throws(KafkaError) -> Int {
    var metadata: UnsafePointer<rd_kafka_metadata>?
    try KafkaError.check(
      unsafe rd_kafka_metadata(pointer, 0, nil, &metadata, timeoutMilliseconds), attempting: "asking for the brokers")
    guard let metadata = unsafe metadata else { return 0 }
    // SAFETY: the answer is ours until it is destroyed.
    defer { unsafe rd_kafka_metadata_destroy(metadata) }
    return Int(unsafe metadata.pointee.broker_cnt)
  }

  /// The first and the next offset of each partition, asked of their leaders together. The library's own question for
  /// one partition waits without a limit where a leader went away, so these are asked as offsets by time, for which the
  /// protocol has two special times.
  func logRanges(
    of partitions: [KafkaPartition], timeoutMilliseconds: Int32
  ) throws(KafkaError) -> [KafkaPartition: KafkaLogRange] {
    let attempt = "asking for the log's range"
    let starts = try listOffsets(at: Int64(RD_KAFKA_OFFSET_BEGINNING), of: partitions, timeoutMilliseconds, attempt)
    let ends = try listOffsets(at: Int64(RD_KAFKA_OFFSET_END), of: partitions, timeoutMilliseconds, attempt)
    var ranges: [KafkaPartition: KafkaLogRange] = [:]
    for partition in partitions {
      guard let start = starts[partition], let end = ends[partition] else {
        throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, attempting: "\(attempt): \(partition)")
      }
      ranges[partition] = KafkaLogRange(start: start, end: end)
    }
    return ranges
  }

  /// The first offset at or after a time, by partition; a partition whose records are all older gets its end.
  func offsets(
    atOrAfter milliseconds: Int64, of partitions: [KafkaPartition], timeoutMilliseconds: Int32
  ) throws(KafkaError) -> [KafkaPartition: Int64] {
    let attempt = "asking for the offsets at time \(milliseconds)"
    let found = try listOffsets(at: max(milliseconds, 0), of: partitions, timeoutMilliseconds, attempt)
    let ends = try listOffsets(at: Int64(RD_KAFKA_OFFSET_END), of: partitions, timeoutMilliseconds, attempt)
    return ends.merging(found.filter { $0.value >= 0 }) { _, offset in offset }
  }

  /// One answer a partition to the protocol's question for offsets by time; negative where there is no such offset.
  private func listOffsets(
    at time: Int64, of partitions: [KafkaPartition], _ timeoutMilliseconds: Int32, _ attempt: String
  ) throws(KafkaError) -> [KafkaPartition: Int64] {
    let list = try RDKafkaPartitionList(Dictionary(partitions.map { ($0, time) }) { first, _ in first })
    try KafkaError.check(
      unsafe rd_kafka_offsets_for_times(pointer, list.pointer, timeoutMilliseconds), attempting: attempt)
    var offsets: [KafkaPartition: Int64] = [:]
    for (partition, result) in list.results { offsets[partition] = try result.get() }
    return offsets
  }
}
