// Owns the promises of the status in the terminal: what it says, that it fits, and that a redraw replaces it exactly.

import IndexModel
import TestKit
import Testing

@testable import FreshetCommand

@Suite("Status in the terminal")
struct StatusPanelTests {
  static let busy = StatusPicture(
    name: "demo", model: .init(name: "all-minilm-l6-v2", dimension: 384), items: 63_666, tombstones: 12,
    deadLetters: 2, fresh: .init(rows: 4012, superseded: 120, capacityRows: 100_000),
    main: .init(generation: 7, rows: 59_000, superseded: 532, recallAt10: 0.98765),
    recordsBehind: ["catalog.items-0": 12_000, "catalog.items-1": 345],
    ingest: .init(
      applied: 70_000, appliedPerSecond: 512.4, freshnessLagMilliseconds: .init(p50: 3.14, p99: 20),
      pausedBecause: nil, queuedRecords: 0, isExhausted: false),
    rebuild: .init(generation: 8, reason: "fresh size", stage: "build", fractionDone: 0.529, remainingSeconds: 12.2),
    lastRejection: nil, searches: 1234, searchNanoseconds: .init(p50: 812_345, p99: 2_100_000), uptimeSeconds: 72)

  static var empty: StatusPicture {
    var picture = busy
    picture.main = nil
    picture.rebuild = nil
    picture.recordsBehind = [:]
    picture.ingest.isExhausted = true
    picture.ingest.pausedBecause = "the queue is full"
    picture.lastRejection = "recall@10 0.71 is under 0.95"
    return picture
  }

  @Test("a busy engine is drawn whole")
  func busyPanel() {
    #expect(
      StatusPanel(picture: Self.busy, address: "http://127.0.0.1:8080", width: 120).lines == [
        "demo · all-minilm-l6-v2 (384-d) · up 1 min 12 s · http://127.0.0.1:8080",
        "  items    63,666 live, 12 tombstones, 2 dead letters",
        "  fresh    4,012 rows, 120 superseded  ░░░░░░░░░░ 4 % of 100,000",
        "  main     59,000 rows, 532 superseded  generation 7, recall@10 0.988",
        "  ingest   512 events/s, 12,345 records behind  freshness lag p50 3.1 ms, p99 20 ms",
        "  search   1,234 answered  p50 0.8 ms, p99 2.1 ms",
        "  rebuild  █████░░░░░ 52 % build of generation 8 (fresh size), ETA 12 s",
      ])
  }

  @Test("what is missing and what is wrong is said")
  func emptyPanel() {
    let lines = StatusPanel(picture: Self.empty, width: 120).lines
    #expect(lines.contains("  main     no generation yet; the fresh tier answers alone"))
    #expect(lines.contains("  rebuild  none"))
    #expect(lines.contains("  paused   the queue is full"))
    #expect(lines.contains("  rejected recall@10 0.71 is under 0.95"))
    #expect(lines.contains { $0.contains("at the source's end") })
  }

  @Test("without a terminal the same is one line")
  func line() {
    #expect(
      StatusPanel(picture: Self.busy).line
        == "items 63666, fresh 4012, main 59000, generation 7, applied/s 512, behind 12345, "
        + "lag p50 3.1 ms p99 20 ms, dead letters 2, rebuild 52 % build of generation 8 (fresh size), ETA 12 s")
    #expect(StatusPanel(picture: Self.empty).line.contains("generation none"))
  }

  @Test("no row is wider than the terminal, with colour or without", arguments: [1, 20, 40, 79, 200])
  func widths(width: Int) {
    var picture = Self.empty
    picture.name = String(repeating: "long ", count: 100)
    picture.lastRejection = "first\nsecond\u{1B}[2Jthird" + String(repeating: "!", count: 300)
    let plain = StatusPanel(picture: picture, width: width).lines
    #expect(plain.allSatisfy { $0.count <= width && !$0.contains("\n") && !$0.contains("\u{1B}") })
    let colourful = StatusPanel(picture: picture, width: width, isColourful: true).lines
    #expect(colourful.map { $0.replacing(/\u{1B}\[[0-9]+m/, with: "") } == plain)
  }

  @Test("the screen shows what was printed and below it the newest panel, whatever comes between two redraws")
  func redraw() {
    var random = SplitMix64(seed: TestSeed.announced(for: "StatusPanelTests", fixed: 7))
    var screen = StatusScreen()
    var terminal = RowTerminal()
    var printed: [String] = []
    var rows: [String] = []
    for round in 0..<300 {
      if Bool.random(using: &random) {
        // What another program prints on the same terminal, in the way that the screen asks for.
        terminal.feed("\r\u{1B}[Jblock \(round)\n")
        printed.append("block \(round)")
      }
      rows = (0..<Int.random(in: 1...9, using: &random)).map {
        "row \($0): \(Int.random(in: 0..<1000, using: &random))"
      }
      terminal.feed(screen.frame(rows))
      #expect(terminal.rows == printed + rows)
    }
    terminal.feed(screen.end() + "after\n")
    #expect(terminal.rows == printed + rows + ["after", ""])
  }
}

/// A terminal without bounds that knows the characters and sequences that a frame may hold.
private struct RowTerminal {
  private(set) var rows = [""]
  private var row = 0
  private var column = 0

  mutating func feed(_ text: String) {
    var rest = text[...]
    while let character = rest.first {
      if let up = rest.prefixMatch(of: /\u{1B}\[([0-9]+)A/) {
        row -= Int(up.output.1) ?? 0
        rest = rest[up.range.upperBound...]
      } else if let erase = rest.prefixMatch(of: /\u{1B}\[J/) {
        rows[row] = String(rows[row].prefix(column))
        rows.removeSubrange((row + 1)...)
        rest = rest[erase.range.upperBound...]
      } else {
        put(character)
        rest.removeFirst()
      }
    }
  }

  private mutating func put(_ character: Character) {
    switch character {
    case "\r": column = 0
    case "\n":
      row += 1
      column = 0
      if row == rows.count { rows.append("") }
    default:
      rows[row] = rows[row].prefix(column) + String(character) + rows[row].dropFirst(column + 1)
      column += 1
    }
  }
}
