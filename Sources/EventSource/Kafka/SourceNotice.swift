// Owns what a Kafka source tells while it goes on. Invariant: whatever it decides or survives by itself is told here.

import IndexModel

/// Something that happened to a source that goes on reading.
public enum SourceNotice: Sendable, Hashable, CustomStringConvertible {
  /// No broker answers; the source tries again until one does.
  case unreachable(reason: String)
  /// Reading goes on after a fault: brokers answer, and the log is the one that was read before.
  case recovered
  /// Partitions were added to the topic and are read from their first record.
  case partitionsAdded([SourcePartition])
  /// A position was not in the log; reading goes on elsewhere, as the settings say.
  case positionReset(SourcePartition, from: Int64, to: Int64, log: Range<Int64>)
  /// A partition could not be read just now; the source tries again.
  case readDelayed(SourcePartition?, reason: String)
  /// The outside could not be told how far the store has come.
  case announceFailed(reason: String)
  /// A line of the client library's log; `level` as in syslog, 0 (emergency) to 7 (debug).
  case clientLog(level: Int, message: String)

  /// One line for people.
  public var description: String {
    switch self {
    case .unreachable(let reason): "no broker answers, trying again: \(reason)"
    case .recovered: "reading goes on"
    case .partitionsAdded(let partitions):
      "reading added partitions \(partitions.map(\.description).joined(separator: ", "))"
    case .positionReset(let partition, let from, let to, let log):
      "position \(from) of \(partition) is not in its log \(log.lowerBound)..<\(log.upperBound); going on at \(to)"
    case .readDelayed(let partition, let reason):
      "reading \(partition?.description ?? "the topic") is delayed: \(reason)"
    case .announceFailed(let reason): "positions could not be announced: \(reason)"
    case .clientLog(let level, let message): "kafka client (level \(level)): \(message)"
    }
  }
}

/// Receives notices, mostly on the reading thread; must not block.
public typealias SourceNoticeHandler = @Sendable (SourceNotice) -> Void
