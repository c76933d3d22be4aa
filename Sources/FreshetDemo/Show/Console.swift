// Owns the demo's own lines on the terminal. Invariant: on a terminal each block first clears the status that `freshet
// run` draws below the cursor, which draws it anew beneath; elsewhere there are plain lines and no control characters.

import Foundation

/// Prints blocks of lines.
struct Console: Sendable {
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  /// Prints the lines of one block together.
  func say(_ text: String) {
    let clear = isTerminal ? "\r\u{1B}[J" : ""
    try? FileHandle.standardOutput.write(contentsOf: Data((clear + text + "\n").utf8))
  }

  /// Prints what the demo does now.
  func step(_ text: String) {
    say("==> " + text)
  }
}
