// Owns what is known of the terminal that the process may have.

import Foundation

/// The terminal behind standard output and standard error.
enum Terminal {
  /// Whether standard output is one.
  static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether standard error is one.
  static var isError: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether text may be coloured: a terminal that can, and no wish against it (https://no-color.org).
  static var isColourful: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isOutput && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Columns of standard output; 80 where nobody knows.
  static var width: Int {
    var size = winsize()
    // SAFETY: the kernel fills the one `winsize` that the pointer names, and keeps it no longer than the call.
    let status = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
