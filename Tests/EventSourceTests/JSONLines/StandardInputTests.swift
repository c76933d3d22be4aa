// Owns the promises about standard input as a log. A pipe stands in for it.

import Foundation
import IndexModel
import Testing
import TierEngine

@testable import EventSource

@Suite("Standard input as a log", .timeLimit(.minutes(1)))
struct StandardInputTests {
  private let partition = SourcePartition(topic: "stdin", partition: 0)
  private let pipe = Pipe()

  @Test("piped lines become records, the last one when the writer closes")
  func lines() throws {
    let source = try source()
    try pipe.fileHandleForWriting.write(contentsOf: Data("one\ntwo\nthr".utf8))
    let first = try source.poll(until: 2)
    #expect(first.map(\.text) == ["one", "two"])
    #expect(first.map(\.position.offset) == [0, 4])
    #expect(try source.drain().isEmpty)
    #expect(!source.isExhausted)
    #expect(source.logEnds() == [partition: 11])
    try pipe.fileHandleForWriting.close()
    #expect(try source.poll(until: 1).map(\.text) == ["thr"])
    #expect(source.isExhausted)
    #expect(try source.drain().isEmpty)
  }

  @Test("a stored position is refused, unless the policy says what the bytes are")
  func resume() throws {
    let stored = StoredPosition(nextOffset: 8, lastOffset: 4, lastRecordHash: 1)
    #expect(code { try source(at: stored) } == .positionLost)
    try pipe.fileHandleForWriting.write(contentsOf: Data("one\n".utf8))
    let again = try source(at: stored, onPositionLost: .earliest)
    #expect(try again.poll(until: 1).map(\.position.offset) == [0])
    try pipe.fileHandleForWriting.write(contentsOf: Data("two\n".utf8))
    let continued = try source(at: stored, onPositionLost: .latest)
    #expect(try continued.poll(until: 1).map(\.position.offset) == [8])
  }

  private func source(
    at position: StoredPosition? = nil, onPositionLost: LostPositionPolicy = .stop
  ) throws -> JSONLinesEventSource {
    let source = JSONLinesEventSource(
      settings: JSONLinesSettings(path: "-", onPositionLost: onPositionLost), clock: FixedClock(),
      standardInput: LogFile(descriptor: pipe.fileHandleForReading.fileDescriptor, path: "standard input")
    ) { _ in }
    try source.start(at: position.map { [partition: $0] } ?? [:])
    return source
  }
}
