// Owns the reading of the library's messages. Invariant: what is returned is copied; no pointer into a message
// outlives it.

import CRdKafka

enum RDKafkaMessage {
  /// What one message of a consumer's queue says.
  enum Reading {
    case record(KafkaRecord)
    /// The log was read to its end, which is this offset.
    case end(KafkaPartition, Int64)
    case fault(KafkaPartition?, KafkaError)
  }

  /// Reads messages, making a topic's name once for a run of messages of the same topic.
  // SAFETY: the pointer is compared and never followed.
  @safe struct Reader {
    private var topicPointer: OpaquePointer?
    private var topicName = ""

    init() {
      unsafe topicPointer = nil
    }

    /// Reads `message`, which stays the caller's.
    // SAFETY: `message` is a live message of the library, whose key and payload have the lengths that it states.
    mutating func read(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> Reading {
      let error = unsafe message.pointee.err
      guard let topic = unsafe message.pointee.rkt else {
        return .fault(nil, unsafe KafkaError(error, text(of: message)))
      }
      if unsafe topic != topicPointer {
        unsafe topicPointer = topic
        topicName = unsafe String(cString: rd_kafka_topic_name(topic))
      }
      let partition = unsafe KafkaPartition(topic: topicName, number: message.pointee.partition)
      if error == RD_KAFKA_RESP_ERR__PARTITION_EOF { return unsafe .end(partition, message.pointee.offset) }
      if error != RD_KAFKA_RESP_ERR_NO_ERROR {
        return .fault(partition, unsafe KafkaError(error, "\(partition): \(text(of: message))"))
      }
      var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
      let timestamp = unsafe rd_kafka_message_timestamp(message, &kind)
      return unsafe .record(
        KafkaRecord(
          partition: partition, offset: message.pointee.offset,
          timestampMilliseconds: kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : timestamp,
          key: bytes(message.pointee.key, message.pointee.key_len),
          value: bytes(message.pointee.payload, message.pointee.len),
          headers: headers(of: message)))
    }
  }

  /// A copy of `count` bytes; `nil` where there are none to point at.
  private static func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
    guard let start = unsafe start else { return nil }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The library's sentence about a failed message.
  private static func text(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> String {
    // SAFETY: the library returns a text that lives as long as the message.
    unsafe String(cString: rd_kafka_message_errstr(message))
  }

  /// The headers of a message, of which most messages have none.
  private static func headers(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> [KafkaHeader] {
    var list: OpaquePointer?
    guard unsafe rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list = unsafe list else {
      return []
    }
    var headers: [KafkaHeader] = []
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var count = 0
    // SAFETY: name and value point into the message until it is destroyed, which the caller does later.
    while unsafe rd_kafka_header_get_all(list, headers.count, &name, &value, &count) == RD_KAFKA_RESP_ERR_NO_ERROR,
      let name = unsafe name
    {
      unsafe headers.append(KafkaHeader(name: String(cString: name), value: bytes(value, count)))
    }
    return headers
  }
}
