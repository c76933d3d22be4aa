// Owns the reading of a file as a log that may grow. Invariant: lines come once each and in order; where the file is no
// longer the one that was read, that is noticed at start and at every end of the data, and decided by the topology.
//
//   reading ──end of data, not followed──▶ exhausted
//   reading ──end of data, followed──▶ waiting ──grown──▶ reading
//   waiting ──shorter than the position──▶ by policy: stop, or reading from start or end
//   waiting ──another file at the path──▶ verified as at start ──▶ reading, or stop

import IndexModel
import TierEngine

/// A file of lines.
struct FileLineLog: LineLog {
  private static let chunkBytes = 256 * 1024

  private let settings: JSONLinesSettings
  private let report: @Sendable (String) -> Void
  private var file: LogFile
  private var watch: FileWatch
  private var splitter: LineSplitter
  private var chunk = [UInt8](repeating: 0, count: FileLineLog.chunkBytes)
  /// Where `lastLine` does not tell: the place that reading began at.
  private var startPosition: StoredPosition?
  private var lastLine: Line?
  private(set) var endOffset: Int64
  private(set) var isExhausted = false

  /// Opens the file at the stored position, or at its first byte where there is none. Throws `.missing`, `.denied`,
  /// `.positionLost` or `.logReplaced`.
  init(
    settings: JSONLinesSettings, at position: StoredPosition?, report: @escaping @Sendable (String) -> Void
  ) throws(EventSourceError) {
    self.settings = settings
    self.report = report
    // The watch comes first, so that no change falls between the look and the watch.
    watch = FileWatch(path: settings.path)
    file = try LogFile(path: settings.path)
    endOffset = try file.byteCount()
    splitter = LineSplitter(offset: 0, lineBytesMax: settings.lineBytesMax)
    try seek(to: position)
  }

  mutating func lines(countMax: Int, timeoutMilliseconds: Int) throws -> [Line] {
    var batch = LineBatch(countMax: countMax)
    var hasWaited = timeoutMilliseconds <= 0
    while true {
      batch.take(from: &splitter)
      lastLine = batch.lines.last ?? lastLine
      if batch.isFull || isExhausted { break }
      let count = try file.read(into: &chunk, at: splitter.endOffset)
      if count > 0 {
        splitter.append(chunk[..<count])
        continue
      }
      guard settings.follow else {
        if let last = splitter.finish() { batch.add(last) }
        isExhausted = true
        break
      }
      if try noticeReplacement() { continue }
      guard batch.lines.isEmpty, !hasWaited else { break }
      watch.wait(timeoutMilliseconds: timeoutMilliseconds)
      hasWaited = true
    }
    endOffset = max(splitter.endOffset, try file.byteCount())
    return batch.lines
  }

  // MARK: - Place

  /// Goes to a position after making sure that the file still has it, and that it is the same log.
  private mutating func seek(to position: StoredPosition?) throws(EventSourceError) {
    startPosition = position
    lastLine = nil
    if let position {
      let byteCount = try file.byteCount()
      if position.nextOffset > byteCount {
        let offset = try offsetAfterLoss(of: position.nextOffset, byteCount: byteCount)
        startPosition = StoredPosition(nextOffset: offset, lastOffset: nil, lastRecordHash: 0)
      } else {
        try verify(position)
      }
    }
    splitter = LineSplitter(offset: startPosition?.nextOffset ?? 0, lineBytesMax: settings.lineBytesMax)
  }

  private func offsetAfterLoss(of lost: Int64, byteCount: Int64) throws(EventSourceError) -> Int64 {
    let loss = "\(settings.path) ends at byte \(byteCount), before the stored position \(lost)"
    switch settings.onPositionLost {
    case .stop:
      throw EventSourceError(
        code: .positionLost,
        message: "\(loss): it was shortened or replaced; restore it, start with an empty store, or set "
          + "`source.jsonl.onPositionLost` to earliest or latest")
    case .earliest:
      report("\(loss); reading again from its first byte")
      return 0
    case .latest:
      let end = try startOfUnfinishedLine(byteCount: byteCount)
      report("\(loss); going on at byte \(end)")
      return end
    }
  }

  /// Refuses the file unless the last applied line still stands where it stood. A line that is now too long to be kept
  /// whole cannot be compared and is let pass.
  private func verify(_ position: StoredPosition) throws(EventSourceError) {
    guard let lastOffset = position.lastOffset, let line = try line(at: lastOffset) else { return }
    guard line.bytes.count <= settings.lineBytesMax else { return }
    let record = line.record(of: settings.partition, time: EventTime(millisecondsSince1970: 0))
    guard record.contentHash == position.lastRecordHash else {
      throw EventSourceError(
        code: .logReplaced,
        message:
          "\(settings.path) holds another line at byte \(lastOffset) than the one that was applied: it is not the "
          + "log that this store was made from; restore the file, or start with an empty store")
    }
  }

  private func line(at offset: Int64) throws(EventSourceError) -> Line? {
    var splitter = LineSplitter(offset: offset, lineBytesMax: settings.lineBytesMax)
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      if let line = splitter.next() { return line }
      let count = try file.read(into: &chunk, at: splitter.endOffset)
      if count == 0 { return splitter.finish() }
      splitter.append(chunk[..<count])
    }
  }

  /// The byte after the last newline: what follows is a line that its writer has not finished.
  private func startOfUnfinishedLine(byteCount: Int64) throws(EventSourceError) -> Int64 {
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    var end = byteCount
    while end > 0 {
      let start = max(0, end - Int64(chunk.count))
      let count = min(try file.read(into: &chunk, at: start), Int(end - start))
      if let newline = chunk[..<count].lastIndex(of: UInt8(ascii: "\n")) { return start + Int64(newline) + 1 }
      end = start
    }
    return 0
  }

  // MARK: - Change of file

  /// At the end of the data: where the file became shorter or another one stands at the path, seeks anew in what stands
  /// there now and returns `true`. A path that leads nowhere is waited for: the open file stays.
  private mutating func noticeReplacement() throws(EventSourceError) -> Bool {
    let place = lastLine.map { $0.storedPosition(in: settings.partition) } ?? startPosition
    if let identity = LogFile.identity(at: settings.path), identity != (try file.identity()) {
      watch = FileWatch(path: settings.path)
      file = try LogFile(path: settings.path)
      report("another file stands at \(settings.path); going on in it")
    } else if try file.byteCount() >= splitter.endOffset {
      return false
    }
    try seek(to: place)
    return true
  }
}
