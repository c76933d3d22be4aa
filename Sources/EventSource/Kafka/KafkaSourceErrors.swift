// Owns the words for what stops a Kafka source. Invariant: each names topic, partition and offset, and what to do.

import IndexModel
import KafkaClient
import TierEngine

extension EventSourceError {
  /// The client's failure while reading `what`; `lastFailure` is what the client said on its own account, which is
  /// often the cause behind a time limit.
  init(_ error: KafkaError, reading what: String, lastFailure: KafkaError? = nil) {
    let cause = lastFailure.map { "; before that: \($0.context)" } ?? ""
    let (code, advice): (Code, String) =
      switch error.code {
      case .unreachable, .allUnreachable, .timedOut, .transient, .queueFull:
        (.unavailable, "check the addresses and that the brokers run")
      case .unknownTopic: (.missing, "create the topic or correct its name")
      case .authentication, .authorization: (.denied, "check the credentials and the topic's access rules")
      case .configuration, .unsupported: (.configuration, "correct the source's settings")
      case .topicExists, .offsetOutOfRange, .recordTooLarge, .corrupt, .closed, .fatal, .devBroker, .other:
        (.unavailable, "see the brokers' logs, then start again")
      }
    self.init(
      code: code, rawCode: error.rawCode, message: "\(what): \(error.context) (\(error.name))\(cause); \(advice)")
  }

  /// The stored position of `partition` is not in its log.
  static func positionLost(_ partition: SourcePartition, at nextOffset: Int64, log: KafkaLogRange) -> EventSourceError {
    let side =
      nextOffset > log.end
      ? "past the log's end: the broker lost its tail or the topic was made anew"
      : "before the log's start: retention removed records that were never read"
    return EventSourceError(
      code: .positionLost,
      message: "topic `\(partition.topic)` partition \(partition.partition): the stored position \(nextOffset) is "
        + "\(side); the log holds \(log.start)..<\(log.end). Go on with `onPositionLost: earliest` or `latest`, or "
        + "rebuild the store")
  }

  /// Another record stands at `offset` than the one that was applied.
  static func logReplaced(_ partition: SourcePartition, at offset: Int64) -> EventSourceError {
    EventSourceError(
      code: .logReplaced,
      message: "topic `\(partition.topic)` partition \(partition.partition): the record at offset \(offset) is not the "
        + "one that was applied there; the topic was made anew or its tail was replaced. Point the source at the log "
        + "that the store was filled from, or rebuild the store")
  }
}

extension KafkaPartition {
  init(_ partition: SourcePartition) {
    self.init(topic: partition.topic, number: partition.partition)
  }
}

extension SourcePartition {
  init(_ partition: KafkaPartition) {
    self.init(topic: partition.topic, partition: partition.number)
  }
}

extension SourceRecord {
  init(_ record: KafkaRecord, in partition: SourcePartition) {
    self.init(
      position: EventPosition(partition: partition, offset: record.offset), nextOffset: record.offset &+ 1,
      time: EventTime(millisecondsSince1970: record.timestampMilliseconds ?? 0), key: record.key, value: record.value)
  }
}
