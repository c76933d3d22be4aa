// Owns what the JSON-lines source asks of a file or of standard input.

/// A log of lines, read forward.
protocol LineLog {
  /// The next lines, at most `countMax`; waits up to `timeoutMilliseconds` for the first one. Throws
  /// `EventSourceError`.
  mutating func lines(countMax: Int, timeoutMilliseconds: Int) throws -> [Line]
  /// The offset that the next byte written will get, as far as it is known.
  var endOffset: Int64 { get }
  /// Whether the log has ended and every line was returned.
  var isExhausted: Bool { get }
}

/// Gathers the lines of one call, up to a count and a size, so that memory stays bounded.
struct LineBatch {
  /// The most bytes that one call returns, but for the last line.
  private static let byteCountMax = 8 * 1024 * 1024

  private(set) var lines: [Line] = []
  private let countMax: Int
  private var byteCount = 0

  init(countMax: Int) {
    self.countMax = countMax
  }

  /// Whether nothing more fits.
  var isFull: Bool { lines.count >= countMax || byteCount >= Self.byteCountMax }

  /// Adds a line, unless it is blank: blank lines are no records.
  mutating func add(_ line: Line) {
    let isBlank = line.bytes.allSatisfy {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
    }
    guard !isBlank else { return }
    lines.append(line)
    byteCount += line.bytes.count
  }

  /// Adds the whole lines that `splitter` holds, until nothing more fits.
  mutating func take(from splitter: inout LineSplitter) {
    while !isFull, let line = splitter.next() { add(line) }
  }
}
