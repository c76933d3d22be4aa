// Owns the files that tests of the JSON-lines source read and change.

import EventSource
import Foundation
import IndexModel
import Synchronization
import TierEngine

/// A folder of its own with one log file in it, removed when the test lets it go.
final class LogFolder {
  let path: String
  let reports = Reports()
  private let folder: URL

  init(_ text: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "freshet-lines-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "items.jsonl").path
    try write(text)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Where its records stand.
  var partition: SourcePartition { SourcePartition(topic: "items.jsonl", partition: 0) }

  /// Overwrites the file in place.
  func write(_ text: String) throws {
    let file = try open(create: true)
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  /// Adds to the file's end.
  func append(_ text: String) throws {
    let file = try open(create: false)
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  /// Puts another file in the file's place, as editors and rotation do.
  func replace(with text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
  }

  /// A source of the file, started at `position`.
  func source(
    at position: StoredPosition? = nil, follow: Bool = true, onPositionLost: LostPositionPolicy = .stop,
    lineBytesMax: Int = 1000
  ) throws -> JSONLinesEventSource {
    let source = JSONLinesEventSource(
      settings: JSONLinesSettings(
        path: path, follow: follow, onPositionLost: onPositionLost, lineBytesMax: lineBytesMax),
      clock: FixedClock(), report: reports.add)
    try source.start(at: position.map { [partition: $0] } ?? [:])
    return source
  }

  private func open(create: Bool) throws -> FileHandle {
    if create, !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    return try FileHandle(forWritingTo: URL(filePath: path))
  }
}

/// What a source said about its decisions.
final class Reports: Sendable {
  private let sentences = Mutex<[String]>([])

  /// The sentences so far.
  var all: [String] { sentences.withLock { $0 } }

  /// Notes one.
  @Sendable func add(_ sentence: String) {
    sentences.withLock { $0.append(sentence) }
  }
}

/// A clock that stands still.
struct FixedClock: ClockPort {
  var now: EventTime { EventTime(millisecondsSince1970: 1_234) }
  var monotonicNanoseconds: UInt64 { 0 }
}

extension JSONLinesEventSource {
  /// Polls without waiting until nothing more comes.
  func drain() throws -> [SourceRecord] {
    var records: [SourceRecord] = []
    while true {
      let more = try poll(maxCount: 3, timeoutMilliseconds: 0)
      if more.isEmpty { return records }
      records += more
    }
  }

  /// Polls until `count` records came; the test's own time limit ends an endless wait.
  func poll(until count: Int) throws -> [SourceRecord] {
    var records: [SourceRecord] = []
    while records.count < count { records += try poll(maxCount: count - records.count, timeoutMilliseconds: 1000) }
    return records
  }
}

extension SourceRecord {
  /// The value as text.
  var text: String { String(decoding: value ?? [], as: UTF8.self) }

  /// The position that a store would keep after applying this record.
  var stored: StoredPosition {
    StoredPosition(nextOffset: nextOffset, lastOffset: position.offset, lastRecordHash: contentHash)
  }
}
