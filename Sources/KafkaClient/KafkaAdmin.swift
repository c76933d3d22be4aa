// Owns changes to topics. Invariant: a method returns after the broker carried the change out, or throws.

/// Makes, changes and removes topics. Every method blocks up to its time limit; from any thread.
public final class KafkaAdmin: Sendable {
  private let client: RDKafkaClient

  /// Makes an administrator; connects in the background.
  public init(_ configuration: KafkaConfiguration) throws(KafkaError) {
    // A consumer's handle, because asking through a producer's one may make the topic that is asked for.
    client = try RDKafkaClient(.consumer, properties: configuration.resolved(over: [:]))
  }

  /// Makes a topic. `settings` are the broker's topic settings, such as `cleanup.policy`. Throws `.topicExists` where
  /// there is one.
  public func createTopic(
    _ name: String, partitions: Int, replicationFactor: Int = 1, settings: [String: String] = [:],
    timeoutMilliseconds: Int = 30_000
  ) throws(KafkaError) {
    try client.createTopic(
      name, partitions: Int32(clamping: partitions), replicationFactor: Int32(clamping: replicationFactor),
      settings: settings, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// Removes a topic and its records. Throws `.unknownTopic` where there is none.
  public func deleteTopic(_ name: String, timeoutMilliseconds: Int = 30_000) throws(KafkaError) {
    try client.deleteTopic(name, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// Raises the number of a topic's partitions to `total`; the new ones are empty.
  public func createPartitions(
    ofTopic name: String, total: Int, timeoutMilliseconds: Int = 30_000
  ) throws(KafkaError) {
    try client.createPartitions(
      ofTopic: name, total: total, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// Removes the records before each offset, as retention does.
  public func deleteRecords(
    before offsets: [KafkaPartition: Int64], timeoutMilliseconds: Int = 30_000
  ) throws(KafkaError) {
    try client.deleteRecords(before: offsets, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// How many brokers the cluster has, which is also the shortest question that proves one answers.
  @discardableResult
  public func brokerCount(timeoutMilliseconds: Int = 30_000) throws(KafkaError) -> Int {
    try client.brokerCount(timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// The partitions of `topic`, in order. Throws `.unknownTopic` where there is none.
  public func partitions(ofTopic topic: String, timeoutMilliseconds: Int = 30_000) throws(KafkaError) -> [Int32] {
    try client.partitions(ofTopic: topic, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }
}
