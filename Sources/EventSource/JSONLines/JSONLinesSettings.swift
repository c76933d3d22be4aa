// Owns what a topology says about a JSON-lines log.

import IndexModel

/// A file of one JSON event a line, or standard input, read as a log of one partition from its first line on.
public struct JSONLinesSettings: Sendable, Hashable {
  /// The file's path; `-` is standard input.
  public var path: String
  /// Whether to wait for more at the end of the file. Standard input ends when its writer closes it.
  public var follow: Bool
  /// What to do when the stored position is past the end of the file; for standard input see `JSONLinesEventSource`.
  public var onPositionLost: LostPositionPolicy
  /// The longest line that is delivered whole. Not below the decoder's `recordBytesMax`, so that longer ones are
  /// parked.
  public var lineBytesMax: Int

  /// Describes a log.
  public init(
    path: String, follow: Bool = true, onPositionLost: LostPositionPolicy = .stop, lineBytesMax: Int = 8 * 1024 * 1024
  ) {
    self.path = path
    self.follow = follow
    self.onPositionLost = onPositionLost
    self.lineBytesMax = lineBytesMax
  }

  /// Whether the log is standard input.
  public var isStandardInput: Bool { path == "-" }

  /// The log's one partition: number 0 of a topic that is the file's name, or `stdin`.
  public var partition: SourcePartition {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return SourcePartition(topic: isStandardInput ? "stdin" : name, partition: 0)
  }
}
