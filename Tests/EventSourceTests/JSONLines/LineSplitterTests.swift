// Owns the promises about cutting bytes into lines.

import IndexModel
import Testing

@testable import EventSource

@Suite("Cutting bytes into lines")
struct LineSplitterTests {
  @Test("the lines and their offsets do not depend on how the bytes arrive")
  func anyChunks() {
    var random = Seed.generator()
    for _ in 0..<2000 {
      let limit = Int.random(in: 1...12, using: &random)
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        "ab\n".utf8.randomElement(using: &random) ?? 0x0A
      }
      var splitter = LineSplitter(offset: 100, lineBytesMax: limit)
      var lines: [Line] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...min(20, rest.count), using: &random)
        splitter.append(rest.prefix(count))
        rest = rest.dropFirst(count)
        #expect(splitter.endOffset == Int64(100 + bytes.count - rest.count))
        while Bool.random(using: &random), let line = splitter.next() { lines.append(line) }
      }
      while let line = splitter.next() { lines.append(line) }
      if let line = splitter.finish() { lines.append(line) }
      #expect(
        lines == Self.expected(bytes, limit: limit), "\(String(decoding: bytes, as: UTF8.self)) in lines of \(limit)")
    }
  }

  @Test("an endless line takes no more memory than the limit and one chunk")
  func endlessLine() {
    var splitter = LineSplitter(offset: 0, lineBytesMax: 1000)
    let chunk = [UInt8](repeating: 0x61, count: 4096)
    for _ in 0..<1000 {
      splitter.append(chunk[...])
      #expect(splitter.next() == nil)
      #expect(splitter.heldByteCount == 1001)
    }
    splitter.append([0x0A])
    #expect(splitter.next() == Line(offset: 0, nextOffset: 4_096_001, bytes: Array(chunk[..<1001])))
  }

  /// The lines by the definition: cut at newlines, each kept to one byte past the limit.
  private static func expected(_ bytes: [UInt8], limit: Int) -> [Line] {
    var lines: [Line] = []
    var start = 0
    while start < bytes.count {
      let newline = bytes[start...].firstIndex(of: 0x0A)
      let end = newline ?? bytes.count
      let next = newline.map { $0 + 1 } ?? bytes.count
      lines.append(
        Line(
          offset: Int64(100 + start), nextOffset: Int64(100 + next), bytes: Array(bytes[start..<end].prefix(limit + 1)))
      )
      start = next
    }
    return lines
  }
}
