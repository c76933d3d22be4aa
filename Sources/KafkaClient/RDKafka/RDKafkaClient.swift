// Owns one handle of the library. Invariant: whoever holds this object holds a live handle; the handle is destroyed
// once, when the last holder lets go.

import CRdKafka

/// A consumer's, producer's or administrator's handle. The library's calls may be made from any thread.
// SAFETY: both pointers are set once and stay valid until `deinit`; librdkafka locks inside every call.
@safe final class RDKafkaClient: @unchecked Sendable {
  /// What a handle is for.
  enum Role {
    case consumer
    case producer
  }

  let pointer: OpaquePointer
  /// Where the library puts everything but records: logs, failures, statistics, delivery reports, commit results.
  let eventQueue: OpaquePointer

  /// Makes a handle whose events are pulled from `eventQueue`: no callback of the library runs Swift code.
  init(_ role: Role, properties: [String: String]) throws(KafkaError) {
    let configuration = unsafe try RDKafkaConfiguration.make(properties)
    unsafe rd_kafka_conf_set_events(
      configuration,
      RD_KAFKA_EVENT_LOG | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS | RD_KAFKA_EVENT_DR
        | RD_KAFKA_EVENT_OFFSET_COMMIT)
    var handle: OpaquePointer?
    let type = role == .consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
    let text = unsafe RDKafkaText.read { unsafe handle = rd_kafka_new(type, configuration, $0, $1) }
    guard let handle = unsafe handle else {
      // A refused configuration stays ours.
      unsafe rd_kafka_conf_destroy(configuration)
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, "making a client: \(text); correct the named property")
    }
    guard let queue = unsafe rd_kafka_queue_get_main(handle) else {
      unsafe rd_kafka_destroy(handle)
      throw KafkaError(RD_KAFKA_RESP_ERR__FATAL, "making a client: the library gave it no event queue")
    }
    unsafe pointer = handle
    unsafe eventQueue = queue
    unsafe _ = rd_kafka_set_log_queue(handle, queue)
  }

  deinit {
    unsafe rd_kafka_queue_destroy(eventQueue)
    // No goodbye to the group: a consumer that was not closed must not wait for a broker here.
    unsafe rd_kafka_destroy_flags(pointer, Int32(RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE))
  }

  /// The failure after which the handle is useless, if there was one.
  var fatalError: KafkaError? {
    var raw = RD_KAFKA_RESP_ERR_NO_ERROR
    let text = unsafe RDKafkaText.read { unsafe raw = rd_kafka_fatal_error(pointer, $0, $1) }
    guard raw != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
    var error = KafkaError(raw, text)
    error.code = .fatal
    return error
  }
}
