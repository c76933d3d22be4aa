// Owns the promise that the scanner of the plain shape and the full parser agree, on events that are generated, and on
// those with bytes damaged; and that no bytes make either of them trap.

import IndexModel
import Testing
import TierEngine

@testable import EventSource

@Suite("Both decoding paths agree")
struct DecodingPathsTests {
  private static let mappings: [EventMapping] = [
    .tiny(), .tiny(metric: .innerProduct, versionDomain: .log, modelRequired: false), .tiny(contentFields: ["text"]),
    .tiny(contentFields: ["content.title", "content"]),
  ]

  @Test("on generated events")
  func generated() {
    var random = Seed.generator()
    var generator = EventTextGenerator()
    for mapping in Self.mappings {
      let both = BothPaths(mapping)
      for _ in 0..<10_000 { both.expectEqual(Array(generator.event(&random).utf8)) }
    }
  }

  @Test("on generated events with a few bytes changed, dropped, doubled or cut off")
  func mutated() {
    var random = Seed.generator()
    var generator = EventTextGenerator()
    for mapping in Self.mappings {
      let both = BothPaths(mapping)
      for _ in 0..<20_000 {
        var bytes = Array(generator.event(&random).utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) { ByteMutation.mutate(&bytes, &random) }
        both.expectEqual(bytes)
      }
    }
  }

  @Test("the scanner takes the plain shape, so that the comparison compares something")
  func scannerScans() throws {
    var random = Seed.generator()
    var generator = EventTextGenerator()
    generator.isPlain = true
    let scanner = try #require(PlainEventScanner(mapping: .tiny()))
    for _ in 0..<1000 {
      let text = generator.event(&random)
      #expect(scanner.scan(Array(text.utf8)) != nil, "\(text)")
    }
  }

  @Test("a mapping that reaches deeper, or gives one member two meanings, has no scanner")
  func noScanner() {
    var mapping = EventMapping.tiny(contentFields: ["a.b.c"])
    #expect(PlainEventScanner(mapping: mapping) == nil)
    mapping = .tiny(contentFields: ["content", "content.title"])
    #expect(PlainEventScanner(mapping: mapping) == nil)
    mapping = .tiny()
    mapping.idField = "after.id"
    #expect(PlainEventScanner(mapping: mapping) == nil)
  }
}

/// One mapping's decoder with the scanner and without.
private struct BothPaths {
  let scanning: JSONEventDecoder
  let parsing: JSONEventDecoder

  init(_ mapping: EventMapping) {
    scanning = JSONEventDecoder(mapping: mapping)
    parsing = JSONEventDecoder(mapping: mapping, scansPlainShape: false)
  }

  func expectEqual(_ bytes: [UInt8]) {
    let record = SourceRecord(bytes: bytes, key: "key")
    let scanned = scanning.decode(record)
    let parsed = parsing.decode(record)
    if scanned != parsed { Issue.record("\(scanned) is not \(parsed): \(String(decoding: bytes, as: UTF8.self))") }
  }
}
