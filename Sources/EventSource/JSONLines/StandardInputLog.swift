// Owns the reading of standard input as a log. Invariant: offsets count the bytes that arrived, from a start that the
// topology's policy gives; nothing that was read can be read again.

import TierEngine

/// Lines as they are piped in.
struct StandardInputLog: LineLog {
  private let file: LogFile
  private var splitter: LineSplitter
  private var chunk = [UInt8](repeating: 0, count: 64 * 1024)
  private(set) var isExhausted = false

  /// Begins at offset 0, or where a position is stored by the policy: see `JSONLinesEventSource`.
  init(settings: JSONLinesSettings, at position: StoredPosition?, input: LogFile) throws(EventSourceError) {
    var offset: Int64 = 0
    if let position, position.nextOffset > 0 {
      switch settings.onPositionLost {
      case .stop:
        throw EventSourceError(
          code: .positionLost,
          message:
            "\(input.path) cannot be read again from byte \(position.nextOffset): start with an empty store, or set "
            + "`source.jsonl.onPositionLost` to earliest (the same bytes are piped again) or latest (new ones follow)")
      case .earliest: offset = 0
      case .latest: offset = position.nextOffset
      }
    }
    file = input
    splitter = LineSplitter(offset: offset, lineBytesMax: settings.lineBytesMax)
  }

  var endOffset: Int64 { splitter.endOffset }

  mutating func lines(countMax: Int, timeoutMilliseconds: Int) throws -> [Line] {
    var batch = LineBatch(countMax: countMax)
    while true {
      batch.take(from: &splitter)
      if batch.isFull || isExhausted { break }
      guard file.waitUntilReadable(timeoutMilliseconds: batch.lines.isEmpty ? timeoutMilliseconds : 0) else { break }
      let count = try file.readNext(into: &chunk)
      if count > 0 {
        splitter.append(chunk[..<count])
      } else {
        if let last = splitter.finish() { batch.add(last) }
        isExhausted = true
      }
    }
    return batch.lines
  }
}
