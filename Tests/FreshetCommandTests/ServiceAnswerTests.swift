// Owns the promises about a service's answers: what of them is shown, and how an error ends the command.

import Foundation
import IndexModel
import Testing
import TierEngine

@testable import FreshetCommand
@testable import SearchService

@Suite("Answers of a service")
struct ServiceAnswerTests {
  @Test("a status reads the same from a service as in process")
  func status() throws {
    let partition = SourcePartition(topic: "t", partition: 3)
    let status = EngineStatus(
      name: "n", model: ModelIdentity(name: "m", fingerprint: "f", dimension: 4), metric: .cosine, items: 1,
      tombstones: 2, deadLetters: 3, fresh: FreshTierStatus(rows: 4, superseded: 5, capacityRows: 6),
      main: MainTierStatus(
        generation: 7, rows: 8, superseded: 9, watermark: SequenceNumber(rawValue: 10), recallAt10: 0.5,
        promotedAt: EventTime(millisecondsSince1970: 11)),
      durableSequence: SequenceNumber(rawValue: 12), searchableSequence: SequenceNumber(rawValue: 13),
      positions: SourcePositions([partition: 14]), recordsBehind: [partition: 15],
      ingest: IngestStatus(
        recordsRead: 16, applied: 17, droppedStale: 18, parked: 19, embedded: 20, appliedPerSecond: 21.5,
        freshnessLagMilliseconds: Percentiles(p50: 22, p99: 23), pausedBecause: "full", queuedRecords: 24,
        isExhausted: true),
      rebuild: RebuildStatus(
        generation: 25, reason: "age", stage: .probe, fractionDone: 0.25, elapsedSeconds: 26, remainingSeconds: 27),
      lastRejection: "recall", searches: 28, searchNanoseconds: Percentiles(p50: 29, p99: 30), uptimeSeconds: 31.5)
    for status in [status, Self.without(status)] {
      var writer = JSONWriter()
      status.write(to: &writer)
      let answer = Data(writer.buffer.readableBytesView)
      #expect(try JSONDecoder().decode(StatusPicture.self, from: answer) == StatusPicture(status))
    }
    #expect(StatusPicture(status).behind == 15)
  }

  private static func without(_ status: EngineStatus) -> EngineStatus {
    var status = status
    status.main = nil
    status.rebuild = nil
    status.lastRejection = nil
    status.ingest.pausedBecause = nil
    return status
  }

  @Test("hits are rows with rank, score, tier, id, time and position; nothing in them moves the cursor")
  func hits() throws {
    let body = """
      {"hits": [
        {"id": "graphviz", "score": 0.73125, "tier": "main", "sequence": 1, "position": "t-0@5",
         "eventTime": "2026-11-21T13:05:00.123Z", "provisional": false,
         "attributes": {"section": "graphics", "size": 12, "live": true, "tags": ["a", "b"], "price": 1.5}},
        {"id": "x\\u001b[2Jy", "score": -1, "tier": "fresh", "sequence": 2, "position": "t-0@6",
         "eventTime": null, "provisional": true}],
       "tookMicroseconds": 840, "generation": 7}
      """
    let answer = try JSONDecoder().decode(SearchAnswer.self, from: Data(body.utf8))
    #expect(
      HitTable(answer: answer).text == """
        1    0.7312  main   graphviz  2026-11-21T13:05:00.123Z  t-0@5
              live: true
              price: 1.5
              section: graphics
              size: 12
              tags: a, b
        2   -1.0000  fresh  x [2Jy    -  t-0@6  provisional
        2 hits in 0.8 ms, generation 7
        """)
    let none = SearchAnswer(hits: [], tookMicroseconds: 20_000, generation: nil)
    #expect(HitTable(answer: none).text == "no hits; 0 hits in 20 ms, no generation yet")
  }

  @Test("an item is shown with its origin and its attributes")
  func item() throws {
    let body = """
      {"id": "graphviz", "sequence": 9, "position": "t-0@5", "eventTime": "2026-11-21T13:05:00.123Z",
       "version": 18446744073709551615, "provisional": true, "attributes": {"title": "Graph tools"},
       "model": {"name": "m", "fingerprint": "f", "dimension": 2}, "vector": [1, -0.5], "positions": {"t-0": 6}}
      """
    let item = try JSONDecoder().decode(ItemAnswer.self, from: Data(body.utf8))
    #expect(
      ItemSheet(item: item).text == """
        id         graphviz
        sequence   9
        position   t-0@5
        time       2026-11-21T13:05:00.123Z
        version    18446744073709551615
        model      m, provisional
        vector     1.0, -0.5
        attributes
          title: Graph tools
        """)
  }

  @Test(
    "an error answer ends the command with its own words and the status that fits",
    arguments: [
      (400, "invalid-field", CommandStatus.refused), (401, "unauthorized", .denied), (403, "role-missing", .denied),
      (404, "unknown-item", .notFound), (404, "unknown-path", .failed), (408, "body-too-slow", .unavailable),
      (413, "body-too-long", .refused), (422, "wrong-model", .refused), (500, "internal", .failed),
      (503, "not-ready", .unavailable), (504, "too-slow", .unavailable),
    ])
  func problems(status: Int, code: String, expected: CommandStatus) {
    let body = #"{"type": "urn:problem-type:freshet:\#(code)", "title": "t", "status": \#(status), "detail": "why"}"#
    let failure = ServiceProblem(status: status, body: Data(body.utf8)).failure(from: "http://x")
    #expect(failure.status == expected)
    #expect(failure.message.contains("why"))
  }

  @Test("what is no answer of a service is said to be none", arguments: ["", "<html>", "{}", "[1]"])
  func strangers(body: String) {
    let failure = ServiceProblem(status: 404, body: Data(body.utf8)).failure(from: "http://x")
    #expect(failure == CommandFailure(.failed, "http://x: status 404 without an explanation"))
  }

  @Test("dead letters from a store are the document that a service gives")
  func deadLetters() throws {
    let position = EventPosition(partition: SourcePartition(topic: "t", partition: 0), offset: 3)
    let letters = [
      DeadLetter(
        position: position, key: Array("k".utf8), value: [0xFF], code: "not-json", reason: "r",
        time: EventTime(millisecondsSince1970: 1_700_000_000_123)),
      DeadLetter(
        position: position, key: nil, value: nil, code: "c", reason: "r", time: EventTime(millisecondsSince1970: 0)),
    ]
    var writer = JSONWriter()
    writer.beginArray()
    for letter in letters { letter.write(to: &writer) }
    writer.endArray()
    let served = try JSONDecoder().decode([DeadLetterList.Letter].self, from: Data(writer.buffer.readableBytesView))
    #expect(DeadLetterList(letters).deadLetters == served)
    #expect(served[0].text == "t-0@3  2023-11-14T22:13:20.123Z  not-json  key k  r")
  }

  @Test("an id is one segment of a path, whatever it holds")
  func segments() {
    #expect(ServiceConnection.segment("a/b c%2F?#ä") == "a%2Fb%20c%252F%3F%23%C3%A4")
  }
}
