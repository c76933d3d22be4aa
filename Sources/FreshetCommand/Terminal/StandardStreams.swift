// Owns what the command writes. Invariant: answers go to standard output, complaints to standard error, and nothing
// else is written to either.

import Foundation

/// The process's output streams.
enum StandardStreams {
  /// Writes an answer and a line feed.
  static func answer(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// Writes text as it is.
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// Writes what went wrong.
  static func complain(_ text: String) {
    FileHandle.standardError.write(Data("freshet: \(text)\n".utf8))
  }
}
