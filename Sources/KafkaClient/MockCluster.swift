// Owns a cluster inside this process that fails on demand: for tests of error handling, without a broker.

/// The library's own cluster: real protocol over loopback, records in memory, about 5 MB a partition. It has no
/// administration, no offsets by time and no transactions.
public final class MockCluster: Sendable {
  /// A request that can be made to fail, by its number in the Kafka protocol.
  public enum Request: Int16, Sendable {
    /// Writing records.
    case produce = 0
    /// Reading records.
    case fetch = 1
    /// Asking for a log's first and next offsets.
    case listOffsets = 2
    /// Asking for topics and leaders.
    case metadata = 3
    /// Committing a group's offsets.
    case offsetCommit = 8
    /// Asking who keeps a group.
    case findCoordinator = 10
  }

  /// What a request is answered with.
  public enum Fault: Sendable {
    /// The connection is cut instead of an answer.
    case disconnect
    /// The partition has no leader now.
    case leaderNotAvailable
    /// The leader is another broker.
    case notLeader
    /// The offset is not in the log.
    case offsetOutOfRange
    /// The record is too large.
    case recordTooLarge
    /// The broker ran out of time.
    case requestTimedOut
    /// The client may not use the topic.
    case topicAuthorizationFailed
  }

  private let mock: RDKafkaMock

  /// Starts a cluster on free loopback ports.
  public init(brokerCount: Int = 1) throws(KafkaError) {
    mock = try RDKafkaMock(brokerCount: Int32(clamping: brokerCount))
  }

  /// Where its brokers are.
  public var bootstrapServers: [String] { mock.bootstrapServers }

  /// Makes an empty topic.
  public func createTopic(_ name: String, partitions: Int = 1) throws(KafkaError) {
    try mock.createTopic(name, partitions: Int32(clamping: partitions))
  }

  /// Answers the next requests of this kind with `faults`, one each, in order.
  public func fail(_ request: Request, with faults: [Fault]) {
    mock.fail(request, with: faults)
  }

  /// Takes broker `id`, counted from 1, away or brings it back.
  public func setBroker(_ id: Int, isUp: Bool) throws(KafkaError) {
    try mock.setBroker(Int32(clamping: id), isUp: isUp)
  }
}
