// Owns records as the broker holds them and the words for their places. Invariant: `nil` and empty bytes are
// different things, in keys and in values.

/// One partition of one topic.
public struct KafkaPartition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The topic's name.
  public let topic: String
  /// The partition's number, from 0.
  public let number: Int32

  /// Names a partition.
  public init(topic: String, number: Int32) {
    self.topic = topic
    self.number = number
  }

  /// By topic, then by number.
  public static func < (left: KafkaPartition, right: KafkaPartition) -> Bool {
    (left.topic, left.number) < (right.topic, right.number)
  }

  /// `topic[number]`.
  public var description: String { "\(topic)[\(number)]" }
}

/// The offsets of a partition's log: the first record's, and the one that the next record will get.
public struct KafkaLogRange: Sendable, Hashable, CustomStringConvertible {
  /// The first record that is still there, or would be.
  public var start: Int64
  /// The offset that the next record will get.
  public var end: Int64

  /// Describes a log's range.
  public init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }

  /// `start..<end`.
  public var description: String { "\(start)..<\(end)" }
}

/// A name and value that travel with a record.
public struct KafkaHeader: Sendable, Hashable {
  /// The header's name.
  public var name: String
  /// The header's bytes; `nil` is not the same as none.
  public var value: [UInt8]?

  /// Describes a header.
  public init(name: String, value: [UInt8]?) {
    self.name = name
    self.value = value
  }
}

/// A record as it was read.
public struct KafkaRecord: Sendable, Hashable {
  /// The partition that holds it.
  public var partition: KafkaPartition
  /// Its offset.
  public var offset: Int64
  /// When it was made or appended, in milliseconds since 1970; `nil` where the broker does not say.
  public var timestampMilliseconds: Int64?
  /// The record's key.
  public var key: [UInt8]?
  /// The record's value; `nil` is a tombstone of a compacted topic.
  public var value: [UInt8]?
  /// Its headers, in order.
  public var headers: [KafkaHeader]

  /// Describes a record.
  public init(
    partition: KafkaPartition, offset: Int64, timestampMilliseconds: Int64?, key: [UInt8]?, value: [UInt8]?,
    headers: [KafkaHeader] = []
  ) {
    self.partition = partition
    self.offset = offset
    self.timestampMilliseconds = timestampMilliseconds
    self.key = key
    self.value = value
    self.headers = headers
  }
}

/// A record to be written.
public struct KafkaOutgoingRecord: Sendable, Hashable {
  /// The topic to write to.
  public var topic: String
  /// The partition; `nil` leaves it to the key's hash, or to chance where there is no key.
  public var partition: Int32?
  /// The record's key.
  public var key: [UInt8]?
  /// The record's value; `nil` is a tombstone of a compacted topic.
  public var value: [UInt8]?
  /// When it was made, in milliseconds since 1970; `nil` is now.
  public var timestampMilliseconds: Int64?
  /// Its headers, in order.
  public var headers: [KafkaHeader]

  /// Describes a record to be written.
  public init(
    topic: String, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?, timestampMilliseconds: Int64? = nil,
    headers: [KafkaHeader] = []
  ) {
    self.topic = topic
    self.partition = partition
    self.key = key
    self.value = value
    self.timestampMilliseconds = timestampMilliseconds
    self.headers = headers
  }
}

/// Where an acknowledged record stands.
public struct KafkaDelivery: Sendable, Hashable {
  /// The partition that took the record.
  public var partition: KafkaPartition
  /// The record's offset.
  public var offset: Int64

  /// Describes a delivery.
  public init(partition: KafkaPartition, offset: Int64) {
    self.partition = partition
    self.offset = offset
  }
}
