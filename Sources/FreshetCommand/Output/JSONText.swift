// Owns JSON that the command writes itself.

import Foundation

/// JSON for scripts and people alike.
enum JSONText {
  /// Indented, with names in order, so that two outputs compare line by line.
  static func pretty(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
