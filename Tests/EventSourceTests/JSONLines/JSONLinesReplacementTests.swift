// Owns the promises about logs that are no longer what they were: shortened, replaced, or not to be read again.

import Foundation
import IndexModel
import Testing
import TierEngine

@testable import EventSource

@Suite("A log of lines that was shortened or replaced", .timeLimit(.minutes(1)))
struct JSONLinesReplacementTests {
  private let longLog = (0..<10).map { "{\"n\":\($0)}\n" }.joined()

  @Test("a stored position past the end is refused, or goes by the policy, and the decision is reported")
  func positionLost() throws {
    let log = try LogFolder(longLog)
    let stored = try #require(try log.source().drain().last).stored
    try log.write("{\"m\":0}\n{\"m\":1}\n{\"m\":")
    #expect(code { try log.source(at: stored) } == .positionLost)
    #expect(log.reports.all.isEmpty)

    #expect(try log.source(at: stored, onPositionLost: .earliest).drain().map(\.text) == ["{\"m\":0}", "{\"m\":1}"])
    #expect(log.reports.all.count == 1)

    // The end is after the last whole line: its writer has not finished the next one.
    let latest = try log.source(at: stored, onPositionLost: .latest)
    #expect(try latest.drain().isEmpty)
    try log.append("2}\n")
    #expect(try latest.drain().map(\.text) == ["{\"m\":2}"])
    #expect(log.reports.all.count == 2)
  }

  @Test(
    "another line where the last applied one stood is refused whatever the policy",
    arguments: LostPositionPolicy.allCases)
  func replaced(_ policy: LostPositionPolicy) throws {
    let log = try LogFolder(longLog)
    let stored = try log.source().drain()[4].stored
    try log.write(longLog.replacingOccurrences(of: "\"n\":4", with: "\"n\":5"))
    #expect(code { try log.source(at: stored, onPositionLost: policy) } == .logReplaced)
  }

  @Test("a followed file that is shortened goes by the policy")
  func shortenedWhileFollowed() throws {
    let log = try LogFolder(longLog)
    let stopping = try log.source()
    let rereading = try log.source(onPositionLost: .earliest)
    let goingOn = try log.source(onPositionLost: .latest)
    for source in [stopping, rereading, goingOn] { #expect(try source.drain().count == 10) }
    try log.write("{\"m\":0}\n")
    #expect(code { try stopping.drain() } == .positionLost)
    #expect(try rereading.drain().map(\.text) == ["{\"m\":0}"])
    #expect(try goingOn.drain().isEmpty)
    try log.append("{\"m\":1}\n")
    #expect(try rereading.drain().map(\.text) == ["{\"m\":1}"])
    #expect(try goingOn.drain().map(\.text) == ["{\"m\":1}"])
    #expect(log.reports.all.count == 2)
  }

  @Test("cutting off a part of an unfinished line loses no position")
  func unfinishedLineRewritten() throws {
    let log = try LogFolder("one\ntwo-wr")
    let source = try log.source()
    #expect(try source.drain().map(\.text) == ["one"])
    try log.write("one\ntw")
    #expect(try source.drain().isEmpty)
    try log.append("o\n")
    #expect(try source.drain().map(\.text) == ["two"])
    #expect(log.reports.all.isEmpty)
  }

  @Test("a followed file that is replaced by a longer one with the same lines is gone on with")
  func replacedByContinuation() throws {
    let log = try LogFolder("one\ntwo\n")
    let source = try log.source()
    #expect(try source.drain().count == 2)
    try log.replace(with: "one\ntwo\nthree\n")
    #expect(try source.poll(until: 1).map(\.text) == ["three"])
    try log.append("four\n")
    #expect(try source.poll(until: 1).map(\.text) == ["four"])
  }

  @Test("a followed file that is replaced by another log is refused")
  func replacedByAnother() throws {
    let log = try LogFolder("one\ntwo\n")
    let source = try log.source()
    #expect(try source.drain().count == 2)
    try log.replace(with: "one\ntwe\nthree\n")
    #expect(code { try source.drain() } == .logReplaced)
  }

  @Test("a followed file that was removed is waited for")
  func removed() throws {
    let log = try LogFolder("one\n")
    let source = try log.source()
    #expect(try source.drain().count == 1)
    try FileManager.default.removeItem(atPath: log.path)
    #expect(try source.drain().isEmpty)
    try log.write("one\ntwo\n")
    #expect(try source.poll(until: 1).map(\.text) == ["two"])
  }
}
