// Owns the bounds of the queue between reading and applying.

/// How many events may wait between reading and applying. A full queue pauses the source; nothing is dropped.
public struct QueueSettings: Sendable, Hashable {
  /// Events.
  public var recordsMax = 20_000
  /// Their bytes.
  public var bytesMax = 67_108_864
}

extension QueueSettings: TopologySection {
  static var section: SectionSpec<QueueSettings> {
    SectionSpec(
      about: "The queue between reading and applying. A full one pauses the source; nothing is dropped.",
      [
        .defaulted(
          "recordsMax", \.recordsMax, .integer(16...10_000_000, unit: "records"), "Records that may wait."),
        .defaulted(
          "bytesMax", \.bytesMax, .integer(65_536...68_719_476_736, unit: "bytes"), "Bytes that may wait."),
      ])
  }
}
