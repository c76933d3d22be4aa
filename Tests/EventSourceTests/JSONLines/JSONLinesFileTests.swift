// Owns the promises about a file of JSON lines as a log.

import Foundation
import IndexModel
import Testing
import TierEngine

@testable import EventSource

@Suite("A file of JSON lines as a log", .timeLimit(.minutes(1)))
struct JSONLinesFileTests {
  @Test("each line is a record whose offset is its first byte; blank lines are none")
  func records() throws {
    let log = try LogFolder("{\"a\":1}\n\n  \r\n{\"b\":2}\n")
    let source = try log.source()
    let records = try source.drain()
    #expect(records.map(\.text) == ["{\"a\":1}", "{\"b\":2}"])
    #expect(records.map(\.position) == [0, 13].map { EventPosition(partition: log.partition, offset: $0) })
    #expect(records.map(\.nextOffset) == [8, 21])
    #expect(records.allSatisfy { $0.key == nil && $0.time == FixedClock().now })
    #expect(source.logEnds() == [log.partition: 21])
    #expect(!source.isExhausted)
  }

  @Test("at most the asked number of records comes at once, in order")
  func countLimit() throws {
    let log = try LogFolder((0..<10).map { "\($0)\n" }.joined())
    let source = try log.source()
    var batches: [[String]] = []
    while let batch = Optional(try source.poll(maxCount: 4, timeoutMilliseconds: 0)), !batch.isEmpty {
      batches.append(batch.map(\.text))
    }
    #expect(batches == [["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9"]])
  }

  @Test("a source that starts at any record's stored position delivers exactly the rest")
  func resume() throws {
    let log = try LogFolder((0..<20).map { "{\"n\":\($0)}\n" }.joined())
    let all = try log.source().drain()
    for (place, record) in all.enumerated() {
      #expect(try log.source(at: record.stored).drain() == Array(all[(place + 1)...]))
    }
  }

  @Test("a followed file delivers what is appended, and a line only once its newline is there")
  func growth() throws {
    let log = try LogFolder("one\n")
    let source = try log.source()
    #expect(try source.drain().map(\.text) == ["one"])
    try log.append("two\nthr")
    #expect(try source.poll(until: 1).map(\.text) == ["two"])
    #expect(try source.drain().isEmpty)
    #expect(source.logEnds() == [log.partition: 11])
    try log.append("ee\n")
    #expect(try source.poll(until: 1).map(\.text) == ["three"])
  }

  @Test("a waiting poll is woken by an append")
  func wake() async throws {
    let log = try LogFolder("")
    let source = try log.source()
    let reader = Task.detached { try source.poll(until: 2) }
    try log.append("one\n")
    try log.append("two\n")
    #expect(try await reader.value.map(\.text) == ["one", "two"])
  }

  @Test("a file that is not followed ends with its last line, newline or not")
  func finite() throws {
    let log = try LogFolder("one\ntwo")
    let source = try log.source(follow: false)
    #expect(!source.isExhausted)
    let records = try source.drain()
    #expect(records.map(\.text) == ["one", "two"])
    #expect(records.last?.nextOffset == 7)
    #expect(source.isExhausted)
    // When the newline comes later, the line is still the one that was applied.
    try log.append("\nthree\n")
    #expect(try log.source(at: records.last?.stored).drain().map(\.text) == ["three"])
  }

  @Test("a line past the limit becomes a short record that the decoder refuses as too long, and reading goes on")
  func longLine() throws {
    let log = try LogFolder("before\n" + String(repeating: "x", count: 700_000) + "\nafter\n")
    let records = try log.source().drain()
    #expect(records.map { $0.value?.count } == [6, 1001, 5])
    #expect(records.map(\.nextOffset) == [7, 700_008, 700_014])
    var mapping = EventMapping.tiny()
    mapping.recordBytesMax = 1000
    #expect(JSONEventDecoder(mapping: mapping).decode(records[1]).code == "record-too-big")
    #expect(try log.source(at: records[1].stored).drain().map(\.text) == ["after"])
  }

  @Test("a paused source delivers nothing and loses nothing")
  func pause() throws {
    let log = try LogFolder("one\ntwo\n")
    let source = try log.source()
    #expect(try source.poll(maxCount: 1, timeoutMilliseconds: 0).map(\.text) == ["one"])
    try source.pause()
    #expect(try source.poll(maxCount: 1, timeoutMilliseconds: 1).isEmpty)
    try source.resume()
    #expect(try source.drain().map(\.text) == ["two"])
  }

  @Test("a stopped source delivers nothing more and may be stopped again")
  func stop() throws {
    let log = try LogFolder("one\n")
    let source = try log.source()
    source.stop()
    source.stop()
    #expect(try source.poll(maxCount: 1, timeoutMilliseconds: 0).isEmpty)
  }

  @Test("no file, a folder, and a file that may not be read are told apart")
  func unreadable() throws {
    let log = try LogFolder("")
    #expect(throws: EventSourceError.self) { try log.source(path: log.path + ".none") }
    #expect(code { try log.source(path: log.path + ".none") } == .missing)
    #expect(code { try log.source(path: "/") } == .configuration)
  }
}

extension LogFolder {
  /// A source of another path.
  func source(path: String) throws -> JSONLinesEventSource {
    let source = JSONLinesEventSource(
      settings: JSONLinesSettings(path: path), clock: FixedClock(), report: reports.add)
    try source.start(at: [:])
    return source
  }
}

/// The code of the source error that `body` throws.
func code<Ignored>(_ body: () throws -> Ignored) -> EventSourceError.Code? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? EventSourceError)?.code
  }
}
