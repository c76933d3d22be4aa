// Owns the settings of a JSON-lines source.

import IndexModel

/// How a file of JSON lines is read as a log: the file is the partition, the byte offset is the position.
public struct JSONLinesSourceSettings: Sendable, Hashable {
  /// The file, or `-` for standard input.
  public var path = ""
  /// Whether to wait for more at the file's end.
  public var follow = true
  /// What to do where a stored position has left the file.
  public var onPositionLost = LostPositionPolicy.stop
  /// The longest line read.
  public var lineBytesMax = 8_388_608

  /// Whether the events come on standard input.
  public var isStandardInput: Bool { path == "-" }
}

extension JSONLinesSourceSettings: TopologySection {
  static var section: SectionSpec<JSONLinesSourceSettings> {
    SectionSpec(
      about: "A file with one JSON event a line, append-only; no broker is needed.",
      [
        .required("path", \.path, .path, "The file, or `-` for standard input."),
        .defaulted(
          "follow", \.follow, .boolean,
          "Whether to wait for more at the file's end. `false` ends the run when the file is read and applied; "
            + "standard input always ends with its writer."),
        .defaulted(
          "onPositionLost", \.onPositionLost, .choice(),
          "What to do where the stored position is past the file's end. `stop` ends with an error; the others read on "
            + "from there and say so."),
        .defaulted(
          "lineBytesMax", \.lineBytesMax, .integer(1024...1_073_741_824, unit: "bytes"),
          "The longest line; a longer one is parked as a dead letter."),
      ])
  }
}
