// Owns the promise that lines are read as they stand in the file, however they fall on the reader's chunks.

import Foundation
import IndexModel
import TestKit
import Testing

@testable import FreshetCommand

@Suite("LineReader")
struct LineReaderTests {
  private func lines(of bytes: [UInt8]) throws -> [LineReader.Line] {
    let file = FileManager.default.temporaryDirectory.appending(path: "freshet-lines-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let reader = try LineReader(path: file.path)
    var lines: [LineReader.Line] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  @Test(
    "lines end with a line feed, with both, or with the file",
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb", ["a", "b"]), ("\n\nx\n", ["", "", "x"]), ("a\rb\n", ["a\rb"]),
    ] as [(String, [String])])
  func endings(text: String, expected: [String]) throws {
    let lines = try lines(of: Array(text.utf8))
    #expect(lines.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
    #expect(lines.map(\.number) == Array(1..<(expected.count + 1)))
  }

  @Test("a file of many chunks gives the lines that splitting it gives")
  func chunks() throws {
    var random = SplitMix64(seed: TestSeed.announced(for: "LineReaderTests", fixed: 11))
    var expected: [[UInt8]] = []
    for _ in 0..<200 {
      let count = Int.random(in: 0...4, using: &random) == 0 ? 100_000 : 300
      expected.append((0..<Int.random(in: 0..<count, using: &random)).map { UInt8(truncatingIfNeeded: 32 + $0 % 90) })
    }
    let lines = try lines(of: Array(expected.joined(separator: [0x0A])) + [0x0A])
    #expect(lines.map(\.bytes) == expected)
  }

  @Test("a file that cannot be read is refused by its name")
  func missing() {
    #expect { try LineReader(path: "/nowhere/events.jsonl") } throws: { error in
      (error as? CommandFailure)?.status == .refused && "\(error)".contains("/nowhere/events.jsonl")
    }
  }
}
