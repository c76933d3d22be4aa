// Owns the fields that items, tombstones and dead letters share: where an event stands, when it happened, which
// version it had.

import IndexModel

extension RecordEncoder {
  /// Adds topic, partition and offset.
  mutating func append(_ position: EventPosition) {
    append(position.partition.topic)
    append(position.partition.partition)
    append(position.offset)
  }

  /// Adds milliseconds since 1970.
  mutating func append(_ time: EventTime) {
    append(time.millisecondsSince1970)
  }
}

extension RecordDecoder {
  /// The next topic, partition and offset.
  mutating func position(_ value: RawSpan) throws -> EventPosition {
    let topic = try text(value, "topic")
    let partition: Int32 = try integer(value, "partition")
    return EventPosition(
      partition: SourcePartition(topic: topic, partition: partition), offset: try integer(value, "offset"))
  }

  /// The next milliseconds since 1970.
  mutating func time(_ value: RawSpan) throws -> EventTime {
    EventTime(millisecondsSince1970: try integer(value, "time"))
  }

  /// The next sequence.
  mutating func sequence(_ value: RawSpan, _ field: StaticString) throws -> SequenceNumber {
    SequenceNumber(rawValue: try integer(value, field))
  }
}
