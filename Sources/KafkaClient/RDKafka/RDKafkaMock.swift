// Owns the library's in-process cluster. Invariant: the cluster goes before the handle that runs it.

import CRdKafka

/// A cluster inside this process, run by a handle of its own.
// SAFETY: the pointer is set once and valid until `deinit`; the library locks inside every call.
@safe final class RDKafkaMock: @unchecked Sendable {
  private let client: RDKafkaClient
  private let pointer: OpaquePointer

  init(brokerCount: Int32) throws(KafkaError) {
    client = try RDKafkaClient(.producer, properties: [:])
    guard let cluster = unsafe rd_kafka_mock_cluster_new(client.pointer, brokerCount) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__FAIL, attempting: "starting a mock cluster")
    }
    unsafe pointer = cluster
  }

  deinit {
    unsafe rd_kafka_mock_cluster_destroy(pointer)
  }

  var bootstrapServers: [String] {
    // SAFETY: the library returns a text that lives as long as the cluster.
    unsafe String(cString: rd_kafka_mock_cluster_bootstraps(pointer)).split(separator: ",").map(String.init)
  }

  func createTopic(_ name: String, partitions: Int32) throws(KafkaError) {
    try KafkaError.check(
      unsafe rd_kafka_mock_topic_create(pointer, name, partitions, 1), attempting: "creating mock topic `\(name)`")
  }

  func fail(_ request: MockCluster.Request, with faults: [MockCluster.Fault]) {
    let errors = faults.map(Self.raw)
    // SAFETY: the library copies the errors during the call.
    unsafe rd_kafka_mock_push_request_errors_array(pointer, request.rawValue, errors.count, errors)
  }

  func setBroker(_ id: Int32, isUp: Bool) throws(KafkaError) {
    try KafkaError.check(
      unsafe isUp ? rd_kafka_mock_broker_set_up(pointer, id) : rd_kafka_mock_broker_set_down(pointer, id),
      attempting: "changing mock broker \(id)")
  }

  private static func raw(_ fault: MockCluster.Fault) -> rd_kafka_resp_err_t {
    switch fault {
    case .disconnect: RD_KAFKA_RESP_ERR__TRANSPORT
    case .leaderNotAvailable: RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE
    case .notLeader: RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION
    case .offsetOutOfRange: RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE
    case .recordTooLarge: RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE
    case .requestTimedOut: RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT
    case .topicAuthorizationFailed: RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
    }
  }
}
