// Owns the producer's part of the library: handing over records and completing them. Invariant: a completion that was
// handed over is called exactly once, by a delivery report.

import CRdKafka

/// Called once with what became of a record.
typealias DeliveryCompletion = @Sendable (Result<KafkaDelivery, KafkaError>) -> Void

/// Carries a completion through the library as a pointer.
private final class CompletionBox {
  let completion: DeliveryCompletion

  init(_ completion: @escaping DeliveryCompletion) {
    self.completion = completion
  }
}

extension RDKafkaClient {
  /// Hands a record to the library, which copies it. Where this throws, `completion` is never called.
  func produce(_ record: KafkaOutgoingRecord, completion: @escaping DeliveryCompletion) throws(KafkaError) {
    // SAFETY: the box is retained once here and released once: by the delivery report, or below where the library
    // refused the record, in which case it never reports.
    let box = unsafe Unmanaged.passRetained(CompletionBox(completion))
    let headers = unsafe Self.headers(record.headers)
    let raw = unsafe record.topic.withCString { topic in
      unsafe Self.withBytes(record.key) { key, keyCount in
        unsafe Self.withBytes(record.value) { value, valueCount in
          var arguments = unsafe [
            Self.argument(RD_KAFKA_VTYPE_TOPIC) { unsafe $0.cstr = topic },
            Self.argument(RD_KAFKA_VTYPE_KEY) { unsafe $0.mem = .init(ptr: key, size: keyCount) },
            Self.argument(RD_KAFKA_VTYPE_VALUE) { unsafe $0.mem = .init(ptr: value, size: valueCount) },
            Self.argument(RD_KAFKA_VTYPE_MSGFLAGS) { unsafe $0.i = RD_KAFKA_MSG_F_COPY },
            Self.argument(RD_KAFKA_VTYPE_OPAQUE) { unsafe $0.ptr = box.toOpaque() },
            Self.argument(RD_KAFKA_VTYPE_TIMESTAMP) { unsafe $0.i64 = record.timestampMilliseconds ?? 0 },
            Self.argument(RD_KAFKA_VTYPE_PARTITION) { unsafe $0.i32 = record.partition ?? -1 },
          ]
          if let headers = unsafe headers {
            unsafe arguments.append(Self.argument(RD_KAFKA_VTYPE_HEADERS) { unsafe $0.headers = headers })
          }
          // SAFETY: every pointer among the arguments lives until the call returns; the library copies what they
          // point at, and takes over the headers where it succeeds.
          let error = unsafe rd_kafka_produceva(pointer, arguments, arguments.count)
          guard let error = unsafe error else { return RD_KAFKA_RESP_ERR_NO_ERROR }
          defer { unsafe rd_kafka_error_destroy(error) }
          return unsafe rd_kafka_error_code(error)
        }
      }
    }
    guard raw != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    unsafe box.release()
    if let headers = unsafe headers { unsafe rd_kafka_headers_destroy(headers) }
    throw KafkaError(raw, attempting: "producing to topic `\(record.topic)`")
  }

  /// Calls the completions of the records that `event` reports; returns how many.
  func completeDeliveries(of event: OpaquePointer) -> Int {
    var count = 0
    // SAFETY: messages belong to the event; each one's private pointer is the box that `produce` retained.
    while let message = unsafe rd_kafka_event_message_next(event) {
      count += 1
      guard let opaque = unsafe message.pointee._private else { continue }
      let box = unsafe Unmanaged<CompletionBox>.fromOpaque(opaque).takeRetainedValue()
      let topic = unsafe message.pointee.rkt.map { unsafe String(cString: rd_kafka_topic_name($0)) } ?? ""
      let partition = unsafe KafkaPartition(topic: topic, number: message.pointee.partition)
      let raw = unsafe message.pointee.err
      box.completion(
        raw == RD_KAFKA_RESP_ERR_NO_ERROR
          ? .success(KafkaDelivery(partition: partition, offset: unsafe message.pointee.offset))
          : .failure(KafkaError(raw, attempting: "delivering to \(partition)")))
    }
    return count
  }

  /// Waits until every record was acknowledged or given up, while another thread pulls the events.
  func flush(timeoutMilliseconds: Int32) throws(KafkaError) {
    try KafkaError.check(
      unsafe rd_kafka_flush(pointer, timeoutMilliseconds),
      attempting: "flushing \(unacknowledgedCount) unacknowledged records within \(timeoutMilliseconds) ms")
  }

  /// Gives up every record that is not acknowledged; their completions are called with `.closed`.
  func purge() {
    unsafe _ = rd_kafka_purge(pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
  }

  /// Records handed over whose completions were not called.
  var unacknowledgedCount: Int { Int(unsafe rd_kafka_outq_len(pointer)) }

  private static func argument(
    _ kind: rd_kafka_vtype_t, _ set: (inout rd_kafka_vu_s.__Unnamed_union_u) -> Void
  ) -> rd_kafka_vu_t {
    var argument = unsafe rd_kafka_vu_t()
    unsafe argument.vtype = kind
    unsafe set(&argument.u)
    return unsafe argument
  }

  /// The library's form of `headers`, which the caller owns; `nil` where there are none.
  private static func headers(_ headers: [KafkaHeader]) -> OpaquePointer? {
    guard !headers.isEmpty, let list = unsafe rd_kafka_headers_new(headers.count) else { return nil }
    for header in headers {
      unsafe withBytes(header.value) { value, count in
        unsafe _ = rd_kafka_header_add(list, header.name, -1, value, count)
      }
    }
    return unsafe list
  }

  /// Calls `body` with a pointer to `bytes`: `nil` for `nil`, and some address for empty bytes, because the library
  /// tells the two apart by the pointer.
  private static func withBytes<Result>(
    _ bytes: [UInt8]?, _ body: (UnsafeMutableRawPointer?, Int) -> Result
  ) -> Result {
    guard let bytes else { return body(nil, 0) }
    guard !bytes.isEmpty else {
      return unsafe [UInt8(0)].withUnsafeBytes { unsafe body(UnsafeMutableRawPointer(mutating: $0.baseAddress), 0) }
    }
    // SAFETY: the library takes a mutable pointer for every use and does not write where it is told to copy.
    return unsafe bytes.withUnsafeBytes { unsafe body(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count) }
  }
}
