// Owns the words for places in the source's log: partition, record, and how far a reader has come.
// Invariant: a *position* is the next offset to read; *offset* names a delivered record and nothing else.

/// One partition of one topic. For a JSON-lines file: the file's name and partition 0.
public struct SourcePartition: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The topic's name.
  public let topic: String
  /// The partition's number, from 0.
  public let partition: Int32

  /// Names a partition.
  public init(topic: String, partition: Int32) {
    self.topic = topic
    self.partition = partition
  }

  /// `topic-partition`, the form of headers and messages.
  public var description: String { "\(topic)-\(partition)" }

  /// Reads `topic-partition`; the partition follows the last hyphen. `nil` where the text has no such form.
  public init?(_ text: Substring) {
    guard let hyphen = text.lastIndex(of: "-"), hyphen > text.startIndex,
      let partition = Int32(text[text.index(after: hyphen)...]), partition >= 0
    else { return nil }
    self.init(topic: String(text[..<hyphen]), partition: partition)
  }

  /// By topic, then by number.
  public static func < (left: SourcePartition, right: SourcePartition) -> Bool {
    (left.topic, left.partition) < (right.topic, right.partition)
  }
}

/// Where one event stands in the log.
public struct EventPosition: Hashable, Sendable, CustomStringConvertible {
  /// The partition that delivered the event.
  public let partition: SourcePartition
  /// The record's offset (Kafka), or the byte at which its line starts (JSON lines).
  public let offset: Int64

  /// Names a record.
  public init(partition: SourcePartition, offset: Int64) {
    self.partition = partition
    self.offset = offset
  }

  /// `topic-partition@offset`.
  public var description: String { "\(partition)@\(offset)" }

  /// Reads `topic-partition@offset`. `nil` where the text has no such form.
  public init?(_ text: Substring) {
    guard let at = text.lastIndex(of: "@"), let partition = SourcePartition(text[..<at]),
      let offset = Int64(text[text.index(after: at)...]), offset >= 0
    else { return nil }
    self.init(partition: partition, offset: offset)
  }
}

/// How far a reader has come: the next offset to read, by partition.
public struct SourcePositions: Hashable, Sendable, CustomStringConvertible {
  /// Next offset by partition; a partition that is absent was never read.
  public private(set) var nextOffsets: [SourcePartition: Int64]

  /// Starts from known positions.
  public init(_ nextOffsets: [SourcePartition: Int64] = [:]) {
    self.nextOffsets = nextOffsets
  }

  /// The next offset of `partition`, or `nil` where it was never read.
  public subscript(partition: SourcePartition) -> Int64? {
    get { nextOffsets[partition] }
    set { nextOffsets[partition] = newValue }
  }

  /// Whether the record at `position` has been read.
  public func covers(_ position: EventPosition) -> Bool {
    (nextOffsets[position.partition] ?? 0) > position.offset
  }

  /// `topic-0@124,topic-1@7`: next offsets, ordered by partition.
  public var description: String {
    nextOffsets.sorted { $0.key < $1.key }.map { "\($0.key)@\($0.value)" }.joined(separator: ",")
  }
}
