// Owns lists of partitions with offsets in the library's form. Invariant: a list has one owner and is freed with it.

import CRdKafka

/// A list that is freed when its owner goes.
// SAFETY: the pointer is set once and valid until `deinit`.
@safe struct RDKafkaPartitionList: ~Copyable {
  let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  /// A list of `offsets`.
  init(_ offsets: [KafkaPartition: Int64]) throws(KafkaError) {
    guard let list = unsafe rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count)) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, "no memory for a list of partitions")
    }
    for (partition, offset) in offsets {
      if let element = unsafe rd_kafka_topic_partition_list_add(list, partition.topic, partition.number) {
        unsafe element.pointee.offset = offset
      }
    }
    unsafe pointer = list
  }

  deinit {
    unsafe rd_kafka_topic_partition_list_destroy(pointer)
  }

  /// What the list holds now, offsets and failures by partition.
  var results: [KafkaPartition: Result<Int64, KafkaError>] {
    unsafe Self.results(of: pointer)
  }

  /// What `list` holds, offsets and failures by partition.
  static func results(
    of list: UnsafePointer<rd_kafka_topic_partition_list_t>
  ) -> [KafkaPartition: Result<Int64, KafkaError>] {
    var results: [KafkaPartition: Result<Int64, KafkaError>] = [:]
    // SAFETY: the library keeps `cnt` elements at `elems`, each with a name that lives as long as the list.
    let elements = unsafe UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt))
    for index in elements.indices {
      let element = unsafe elements[index]
      guard let name = unsafe element.topic else { continue }
      let partition = unsafe KafkaPartition(topic: String(cString: name), number: element.partition)
      results[partition] =
        unsafe element.err == RD_KAFKA_RESP_ERR_NO_ERROR
        ? .success(element.offset) : .failure(KafkaError(element.err, attempting: "\(partition)"))
    }
    return results
  }

  /// `results` of a pointer that the library may leave out.
  static func results(
    of list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
  ) -> [KafkaPartition: Result<Int64, KafkaError>] {
    guard let list = unsafe list else { return [:] }
    return unsafe results(of: UnsafePointer(list))
  }
}
