// Owns the cutting of a byte stream into lines. Invariant: it holds at most one line's limit beyond what was appended
// last; offsets count every byte that was appended, kept or not.

import Glibc

/// Cuts appended bytes into lines.
struct LineSplitter {
  private let lineBytesMax: Int
  private var buffer: [UInt8] = []
  /// Where the first byte not yet delivered stands in `buffer`.
  private var head = 0
  /// Where the search for a newline goes on.
  private var scanned = 0
  /// The offset of the line that is being gathered.
  private var lineOffset: Int64
  /// Bytes of that line that were passed over because it is too long.
  private var dropped: Int64 = 0

  /// Begins at `offset`, which is the start of a line.
  init(offset: Int64, lineBytesMax: Int) {
    lineOffset = offset
    self.lineBytesMax = lineBytesMax
  }

  /// The offset of the next byte to append.
  var endOffset: Int64 { lineOffset + dropped + Int64(heldByteCount) }

  /// Bytes held for lines that were not returned yet.
  var heldByteCount: Int { buffer.count - head }

  /// Adds bytes as they were read.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    if head > 0 {
      buffer.removeFirst(head)
      scanned -= head
      head = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole line, or `nil` until its newline was appended.
  mutating func next() -> Line? {
    guard let newline = indexOfNewline() else {
      scanned = buffer.count
      dropExcess()
      return nil
    }
    let line = line(endingAt: newline, newlineCount: 1)
    head = newline + 1
    scanned = head
    return line
  }

  /// What stands after the last newline, as a line; `nil` where nothing does.
  mutating func finish() -> Line? {
    guard buffer.count > head else { return nil }
    let line = line(endingAt: buffer.count, newlineCount: 0)
    head = buffer.count
    scanned = head
    return line
  }

  private func indexOfNewline() -> Int? {
    unsafe buffer.withUnsafeBytes { bytes in
      // SAFETY: `scanned` is at most `bytes.count`, so the search stays inside; the result is used as a distance only.
      guard scanned < bytes.count, let base = bytes.baseAddress,
        let found = unsafe memchr(base + scanned, Int32(UInt8(ascii: "\n")), bytes.count - scanned)
      else { return nil }
      return unsafe found - UnsafeMutableRawPointer(mutating: base)
    }
  }

  private mutating func line(endingAt end: Int, newlineCount: Int64) -> Line {
    let kept = min(end, head + lineBytesMax + 1)
    let nextOffset = lineOffset + dropped + Int64(end - head) + newlineCount
    let line = Line(offset: lineOffset, nextOffset: nextOffset, bytes: Array(buffer[head..<kept]))
    lineOffset = nextOffset
    dropped = 0
    return line
  }

  /// Keeps of an unfinished line only what will be delivered.
  private mutating func dropExcess() {
    let excess = heldByteCount - (lineBytesMax + 1)
    guard excess > 0 else { return }
    buffer.removeLast(excess)
    dropped += Int64(excess)
    scanned = buffer.count
  }
}
