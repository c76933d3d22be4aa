// Owns the settings of a Kafka source. Invariant: every one has its unit in its name and is given to the library by
// this file alone.

import IndexModel
import KafkaClient

/// What a Kafka source reads, from where, and what it does where its place is gone.
public struct KafkaSourceConfiguration: Sendable, Hashable {
  /// Brokers to ask first, each `host:port`.
  public var bootstrapServers: [String]
  /// The topic.
  public var topic: String
  /// Its partitions.
  public var partitions: PartitionSelection
  /// Where a partition without a stored position begins.
  public var start: LogStart
  /// What is done where a stored position is gone.
  public var onPositionLost: LostPositionPolicy
  /// The group under which positions are announced; one store, one group.
  public var groupID: String
  /// Protection of the connection.
  public var security: KafkaSecurity
  /// Any librdkafka property by its name; wins over what the source would set.
  public var properties: [String: String]
  /// How often added partitions and log ends are looked up.
  public var metadataSeconds: Double
  /// How many bytes the client library fetches ahead of `poll`. Where the queue was full, librdkafka 2.0 looks for
  /// room only once a second: give it at least what is read in a second.
  public var queuedBytesMax: Int
  /// How long `start` tries to reach the brokers, and how long a vanished topic is waited for later.
  public var startSecondsMax: Double

  /// Describes a source.
  public init(
    bootstrapServers: [String], topic: String, partitions: PartitionSelection = .all, start: LogStart = .earliest,
    onPositionLost: LostPositionPolicy = .stop, groupID: String, security: KafkaSecurity = .plaintext,
    properties: [String: String] = [:], metadataSeconds: Double = 10, queuedBytesMax: Int = 64 << 20,
    startSecondsMax: Double = 30
  ) {
    self.bootstrapServers = bootstrapServers
    self.topic = topic
    self.partitions = partitions
    self.start = start
    self.onPositionLost = onPositionLost
    self.groupID = groupID
    self.security = security
    self.properties = properties
    self.metadataSeconds = metadataSeconds
    self.queuedBytesMax = queuedBytesMax
    self.startSecondsMax = startSecondsMax
  }

  /// The same for the client library.
  var client: KafkaConfiguration {
    let defaults = [
      "queued.max.messages.kbytes": String(max(queuedBytesMax / 1024, 1)),
      // The library's other bound, in records, must not be met before the one in bytes.
      "queued.min.messages": "1000000",
      // Answers come as soon as there is a record; an idle log is asked again twice a second.
      "fetch.min.bytes": "1",
      "fetch.wait.max.ms": "500",
      "fetch.error.backoff.ms": "50",
      "reconnect.backoff.ms": "50",
      "reconnect.backoff.max.ms": "1000",
      // A broker may answer with more than was asked for; the library refuses an answer larger than this one.
      "receive.message.max.bytes": "1000000000",
      "socket.nagle.disable": "true",
    ]
    return KafkaConfiguration(
      bootstrapServers: bootstrapServers, clientID: groupID, security: security,
      properties: defaults.merging(properties) { _, own in own })
  }
}
