// Owns the redrawing of a panel in place. Invariant: the panel stands below the cursor, so that whoever prints next on
// the same terminal clears it with `ESC [ J` and writes above it.

/// What to write so that a panel replaces the one before it.
struct StatusScreen {
  private var rowsDrawn = 0

  /// The bytes that draw `lines` over what was drawn last.
  mutating func frame(_ lines: [String]) -> String {
    rowsDrawn = lines.count
    let back = lines.count > 1 ? "\u{1B}[\(lines.count - 1)A" : ""
    return "\r\u{1B}[J" + lines.joined(separator: "\n") + back + "\r"
  }

  /// The bytes that leave the panel where it is and go on below it.
  func end() -> String { String(repeating: "\n", count: rowsDrawn) }
}
