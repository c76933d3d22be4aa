// Owns the pulling of the library's events. Invariant: every event is destroyed once, and an event of an unknown kind
// is told, not feared.

import CRdKafka

extension RDKafkaClient {
  /// A delivery report for `completion`, or something for the client's owner.
  enum Event {
    case told(KafkaClientEvent)
    case deliveries(Int)
  }

  /// Waits up to `timeoutMilliseconds` for one event; delivery reports complete their records before this returns.
  func nextEvent(timeoutMilliseconds: Int32) -> Event? {
    guard let event = unsafe rd_kafka_queue_poll(eventQueue, timeoutMilliseconds) else { return nil }
    // SAFETY: the event is ours until it is destroyed; what is read from it is copied.
    defer { unsafe rd_kafka_event_destroy(event) }
    switch unsafe rd_kafka_event_type(event) {
    case RD_KAFKA_EVENT_DR:
      return .deliveries(unsafe completeDeliveries(of: event))
    case RD_KAFKA_EVENT_LOG:
      return unsafe .told(Self.logLine(of: event))
    case RD_KAFKA_EVENT_ERROR:
      let text = unsafe rd_kafka_event_error_string(event).map { unsafe String(cString: $0) } ?? ""
      var error = unsafe KafkaError(rd_kafka_event_error(event), text)
      if unsafe rd_kafka_event_error_is_fatal(event) != 0, let fatalError { error = fatalError }
      return .told(.failure(error))
    case RD_KAFKA_EVENT_STATS:
      let text = unsafe rd_kafka_event_stats(event).map { unsafe String(cString: $0) } ?? ""
      return .told(.statistics(text))
    case RD_KAFKA_EVENT_OFFSET_COMMIT:
      return unsafe .told(Self.commit(of: event))
    default:
      let name = unsafe rd_kafka_event_name(event).map { unsafe String(cString: $0) } ?? "unknown"
      return .told(.unhandled(name: name))
    }
  }

  /// Tells every waiting event to `handler`, at most `limit`, without waiting.
  func drainEvents(limit: Int = 256, to handler: KafkaEventHandler) {
    for _ in 0..<limit {
      guard let event = nextEvent(timeoutMilliseconds: 0) else { return }
      if case .told(let told) = event { handler(told) }
    }
  }

  private static func logLine(of event: OpaquePointer) -> KafkaClientEvent {
    var facility: UnsafePointer<CChar>?
    var message: UnsafePointer<CChar>?
    var level: Int32 = 0
    // SAFETY: both texts live as long as the event.
    guard unsafe rd_kafka_event_log(event, &facility, &message, &level) == 0 else {
      return .unhandled(name: "log")
    }
    return unsafe .log(
      level: Int(level), facility: facility.map { unsafe String(cString: $0) } ?? "",
      message: message.map { unsafe String(cString: $0) } ?? "")
  }

  private static func commit(of event: OpaquePointer) -> KafkaClientEvent {
    let raw = unsafe rd_kafka_event_error(event)
    let results = unsafe RDKafkaPartitionList.results(of: rd_kafka_event_topic_partition_list(event))
    var offsets: [KafkaPartition: Int64] = [:]
    var firstFailure: KafkaError?
    for (partition, result) in results {
      switch result {
      case .success(let offset): offsets[partition] = offset
      case .failure(let error): firstFailure = firstFailure ?? error
      }
    }
    let failure =
      raw == RD_KAFKA_RESP_ERR_NO_ERROR ? firstFailure : KafkaError(raw, attempting: "committing offsets")
    return .committed(offsets, failure)
  }
}
