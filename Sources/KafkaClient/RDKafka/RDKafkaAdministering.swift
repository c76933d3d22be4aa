// Owns the administrator's part of the library: requests that are answered through a queue of their own.

import CRdKafka

extension RDKafkaClient {
  func createTopic(
    _ name: String, partitions: Int32, replicationFactor: Int32, settings: [String: String],
    timeoutMilliseconds: Int32
  ) throws(KafkaError) {
    let attempt = "creating topic `\(name)`"
    var topic: OpaquePointer?
    let text = unsafe RDKafkaText.read {
      unsafe topic = rd_kafka_NewTopic_new(name, partitions, replicationFactor, $0, $1)
    }
    guard let made = unsafe topic else { throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, "\(attempt): \(text)") }
    defer { unsafe rd_kafka_NewTopic_destroy(made) }
    for (setting, value) in settings {
      try KafkaError.check(
        unsafe rd_kafka_NewTopic_set_config(made, setting, value), attempting: "\(attempt): setting `\(setting)`")
    }
    try unsafe request(attempt, RD_KAFKA_ADMIN_OP_CREATETOPICS, timeoutMilliseconds) { options, queue in
      unsafe rd_kafka_CreateTopics(pointer, &topic, 1, options, queue)
    } results: { event, count in
      unsafe rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
    }
  }

  func deleteTopic(_ name: String, timeoutMilliseconds: Int32) throws(KafkaError) {
    var topic = unsafe rd_kafka_DeleteTopic_new(name)
    defer { unsafe rd_kafka_DeleteTopic_destroy(topic) }
    try unsafe request("deleting topic `\(name)`", RD_KAFKA_ADMIN_OP_DELETETOPICS, timeoutMilliseconds) {
      options, queue in
      unsafe rd_kafka_DeleteTopics(pointer, &topic, 1, options, queue)
    } results: { event, count in
      unsafe rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
    }
  }

  func createPartitions(ofTopic name: String, total: Int, timeoutMilliseconds: Int32) throws(KafkaError) {
    let attempt = "raising topic `\(name)` to \(total) partitions"
    var partitions: OpaquePointer?
    let text = unsafe RDKafkaText.read { unsafe partitions = rd_kafka_NewPartitions_new(name, max(total, 0), $0, $1) }
    guard let made = unsafe partitions else {
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, "\(attempt): \(text)")
    }
    defer { unsafe rd_kafka_NewPartitions_destroy(made) }
    try unsafe request(attempt, RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, timeoutMilliseconds) { options, queue in
      unsafe rd_kafka_CreatePartitions(pointer, &partitions, 1, options, queue)
    } results: { event, count in
      unsafe rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event), &count)
    }
  }

  func deleteRecords(before offsets: [KafkaPartition: Int64], timeoutMilliseconds: Int32) throws(KafkaError) {
    let list = try RDKafkaPartitionList(offsets)
    var records = unsafe rd_kafka_DeleteRecords_new(list.pointer)
    defer { unsafe rd_kafka_DeleteRecords_destroy(records) }
    var failure: KafkaError?
    try unsafe request("deleting records", RD_KAFKA_ADMIN_OP_DELETERECORDS, timeoutMilliseconds) { options, queue in
      unsafe rd_kafka_DeleteRecords(pointer, &records, 1, options, queue)
    } results: { event, _ in
      let answer = unsafe rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event))
      if let answer = unsafe answer {
        let results = unsafe RDKafkaPartitionList.results(of: answer)
        for case .failure(let error) in results.values { failure = error }
      }
      return nil
    }
    if let failure { throw failure.during("deleting records") }
  }

  /// Sends a request and waits for its answer. `results` gives the answer's failures by topic, where there are any.
  // SAFETY: options, queue and event are made, used and destroyed here, on one thread.
  private func request(
    _ attempt: String, _ operation: rd_kafka_admin_op_t, _ timeoutMilliseconds: Int32,
    send: (OpaquePointer?, OpaquePointer?) -> Void,
    results: (OpaquePointer, inout Int) -> UnsafeMutablePointer<OpaquePointer?>?
  ) throws(KafkaError) {
    let options = unsafe rd_kafka_AdminOptions_new(pointer, operation)
    defer { unsafe rd_kafka_AdminOptions_destroy(options) }
    unsafe _ = rd_kafka_AdminOptions_set_request_timeout(options, timeoutMilliseconds, nil, 0)
    if operation != RD_KAFKA_ADMIN_OP_DELETERECORDS {
      // The broker answers once the change has been carried out, not when it was accepted.
      unsafe _ = rd_kafka_AdminOptions_set_operation_timeout(options, timeoutMilliseconds, nil, 0)
    }
    let queue = unsafe rd_kafka_queue_new(pointer)
    defer { unsafe rd_kafka_queue_destroy(queue) }
    unsafe send(options, queue)
    // The library answers by itself at the time limit; a second more covers its own delay.
    guard let event = unsafe rd_kafka_queue_poll(queue, timeoutMilliseconds + 1000) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, attempting: attempt)
    }
    defer { unsafe rd_kafka_event_destroy(event) }
    let raw = unsafe rd_kafka_event_error(event)
    if raw != RD_KAFKA_RESP_ERR_NO_ERROR {
      let text = unsafe rd_kafka_event_error_string(event).map { unsafe String(cString: $0) } ?? ""
      throw KafkaError(raw, "\(attempt): \(text)")
    }
    var count = 0
    guard let topics = unsafe results(event, &count) else { return }
    for index in 0..<count {
      guard let topic = unsafe topics[index] else { continue }
      let raw = unsafe rd_kafka_topic_result_error(topic)
      guard raw != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
      let text = unsafe rd_kafka_topic_result_error_string(topic).map { unsafe String(cString: $0) } ?? ""
      throw KafkaError(raw, "\(attempt): \(text)")
    }
  }
}
