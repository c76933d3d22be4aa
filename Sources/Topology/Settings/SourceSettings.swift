// Owns the choice of the log that is read. Invariant: exactly one kind, with its own settings.

/// The log of item-change events.
public enum SourceSettings: Sendable, Hashable {
  /// A Kafka topic.
  case kafka(KafkaSourceSettings)
  /// A file of JSON lines, or standard input.
  case jsonl(JSONLinesSourceSettings)
}

extension SourceSettings: TopologyVariant {
  static var placeholder: SourceSettings { .kafka(KafkaSourceSettings()) }

  static var variants: VariantSpec<SourceSettings> {
    VariantSpec(
      about: "The log of item-change events. The engine reads it from the positions in its store.",
      [
        Variant("kafka", KafkaSourceSettings.self, SourceSettings.kafka),
        Variant("jsonl", JSONLinesSourceSettings.self, SourceSettings.jsonl),
      ])
  }
}
