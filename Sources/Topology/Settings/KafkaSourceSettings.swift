// Owns the settings of a Kafka source.

import IndexModel

/// How a Kafka topic is read.
public struct KafkaSourceSettings: Sendable, Hashable {
  /// Brokers to ask first.
  public var bootstrapServers = ""
  /// The topic.
  public var topic = ""
  /// The partitions that this store owns.
  public var partitions = PartitionSelection.all
  /// Where to start a partition that has no stored position.
  public var start = LogStart.earliest
  /// What to do where a stored position has left the log.
  public var onPositionLost = LostPositionPolicy.stop
  /// The consumer group whose offsets tell monitoring how far the store has come; `nil` is `freshet-` + name.
  public var groupID: String?
  /// The most bytes that the client library prefetches.
  public var queuedBytesMax = 67_108_864
  /// How often partitions are looked up.
  public var metadataSeconds = 30
  /// How long the first contact may take.
  public var startSecondsMax = 30
  /// How to prove who we are, and who the broker is.
  public var security = KafkaSecuritySettings()
  /// Further librdkafka properties; values never print.
  public var properties: [String: Secret] = [:]
}

extension KafkaSourceSettings: TopologySection {
  static var section: SectionSpec<KafkaSourceSettings> {
    SectionSpec(
      about: "A Kafka topic, read by assigned partitions, never by a group's rebalance.",
      [
        .required(
          "bootstrapServers", \.bootstrapServers, .text,
          "Brokers to ask first: `host:port`, separated by commas."),
        .required("topic", \.topic, .text, "The topic to read."),
        .defaulted(
          "partitions", \.partitions, .partitions,
          "The partitions that this store owns. `all` takes added ones too; a list never changes by itself."),
        .defaulted(
          "start", \.start, .start,
          "Where to start a partition that has no stored position: the oldest record, the next record to be written, "
            + "or the first record that is not older than a time."),
        .defaulted(
          "onPositionLost", \.onPositionLost, .choice(),
          "What to do where a stored position is past the log's end or before its start. `stop` ends with an error; "
            + "the others read on from there and say so."),
        .optional(
          "groupID", \.groupID, .text, absent: "`freshet-` + `name`",
          "The consumer group to which positions are also committed, so that lag tools see them. Unique per store. "
            + "Never read back."),
        .defaulted(
          "queuedBytesMax", \.queuedBytesMax, .integer(65_536...2_147_483_648, unit: "bytes"),
          "The most bytes that the client library prefetches."),
        .defaulted(
          "metadataSeconds", \.metadataSeconds, .integer(1...3600, unit: "seconds"),
          "How often the topic's partitions are looked up, which is how soon an added one is noticed."),
        .defaulted(
          "startSecondsMax", \.startSecondsMax, .integer(1...3600, unit: "seconds"),
          "How long the first contact with the brokers may take."),
        .section("security", \.security),
        .defaulted(
          "properties", \.properties, .kafkaProperties,
          "Any further librdkafka property, name: value. Properties that another field sets are refused here."),
      ])
  }
}
