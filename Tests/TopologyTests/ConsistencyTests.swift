// Owns the promise that fields which contradict each other are refused, with the field to change.

import Testing
import Topology

@Suite struct ConsistencyTests {
  @Test(
    "Fields that contradict each other are refused",
    arguments: [
      ("tiers: {fresh: {capacityRows: 10_000}}", "tiers.main.rebuild.freshRowsMax", "the most is 5000"),
      ("tiers: {fresh: {chunkRows: 400_000}}", "tiers.fresh.chunkRows", "more than `tiers.fresh.capacityRows`"),
      (
        "tiers: {main: {rebuild: {freshRowsMin: 90_000, freshRowsMax: 80_000}}}", "tiers.main.rebuild.freshRowsMin",
        "more than `tiers.main.rebuild.freshRowsMax`"
      ),
      ("tiers: {main: {m: 64, efConstruction: 32}}", "tiers.main.efConstruction", "never fill its neighbours"),
      ("tiers: {main: {ef: 5000}}", "tiers.main.ef", "`serve.efMax` (4096)"),
      ("decode: {contentFields: [text, text]}", "decode.contentFields", "twice"),
      ("decode: {contentBytesMax: 2_000_000}", "decode.contentBytesMax", "`decode.recordBytesMax` (1048576)"),
      ("queue: {bytesMax: 65_536}", "queue.bytesMax", "holds no whole record"),
      ("queue: {recordsMax: 500}", "store.commitRowsMax", "`queue.recordsMax` (500)"),
      ("serve: {host: 0.0.0.0}", "serve.host", "`insecure: true`"),
      (
        "serve: {apiKeys: [{name: a, sha256: \(digest("a"))}, {name: a, sha256: \(digest("b"))}]}", "serve.apiKeys",
        "one name"
      ),
      (
        "serve: {apiKeys: [{name: a, sha256: \(digest("a"))}, {name: b, sha256: \(digest("A"))}]}", "serve.apiKeys",
        "one key twice"
      ),
    ])
  func contradictions(line: String, field: String, words: String) {
    let problems = Samples.problems(Samples.minimal + "\n" + line + "\n")
    #expect(problems.map { $0.message.hasPrefix("`\(field)` ") } == [true], "\(problems)")
    #expect(problems.first?.message.contains(words) == true, "\(problems)")
  }

  @Test("A contradiction is told at the line of its field")
  func place() {
    let problems = Samples.problems(Samples.minimal + "\ntiers:\n  main:\n    ef: 5000\n")
    #expect(problems.map(\.line) == [7])
    #expect(problems.map(\.column) == [5])
  }

  @Test(
    "Security settings that would not be used, or that are missing, are refused",
    arguments: [
      ("{username: u}", ["username"]),
      ("{protocol: ssl, username: u}", ["username"]),
      ("{protocol: sasl_ssl, username: u}", ["mechanism", "password"]),
      ("{caFile: ca.pem}", ["caFile"]),
      ("{protocol: ssl, certificateFile: c.pem}", [""]),
      ("{protocol: ssl, keyPassword: '${PASSWORD}'}", ["keyPassword"]),
      ("{protocol: ssl, caFile: ca.pem}", []),
      ("{protocol: sasl_plaintext, mechanism: PLAIN, username: u, password: '${PASSWORD}'}", []),
    ])
  func security(block: String, fields: [String]) {
    let text = Samples.minimalKafka.replacing("topic: items", with: "topic: items, security: \(block)")
    let paths = Samples.problems(text, environment: ["PASSWORD": "x"]).map(\.message)
    let expected = fields.map { $0.isEmpty ? "`source.kafka.security` " : "`source.kafka.security.\($0)` " }
    #expect(paths.count == expected.count, "\(paths)")
    for (path, start) in zip(paths, expected) { #expect(path.hasPrefix(start)) }
  }

  @Test(
    "Loopback needs no keys; beyond it, keys or a word for it",
    arguments: [
      "{host: 127.0.0.1}", "{host: localhost}", "{host: '::1'}", "{host: 127.0.0.53}",
      "{host: 0.0.0.0, insecure: true}", "{host: 0.0.0.0, apiKeys: [{name: a, sha256: \(digest("a"))}]}",
    ])
  func exposure(serve: String) throws {
    _ = try Samples.parse(Samples.minimal + "\nserve: \(serve)\n")
  }

  @Test("A host name that only begins like loopback is not loopback")
  func lookalike() {
    #expect(Samples.problems(Samples.minimal + "\nserve: {host: 127.evil.example}\n").count == 1)
  }

  @Test("A vector must name its model unless the topology declares the model or says otherwise")
  func modelRequired() throws {
    #expect(try Samples.parse(Samples.minimal).isModelRequired)
    #expect(try !Samples.parse(Samples.minimal + "\ndecode: {modelRequired: false}\n").isModelRequired)
    #expect(try !Samples.parse(Samples.minimalKafka).isModelRequired)
    #expect(try Samples.parse(Samples.minimalKafka + "\ndecode: {modelRequired: true}\n").isModelRequired)
  }

  @Test("Growth starts a rebuild between its least and its most fresh rows")
  func growth() throws {
    var rebuild = try Samples.parse(Samples.minimal).tiers.main.rebuild
    (rebuild.freshRowsMin, rebuild.growthShare, rebuild.freshRowsMax) = (100, 0.5, 1000)
    let due = [0, 100, 200, 201, 999, 2000, 2001, Int.max].map(rebuild.freshRowsDue(mainRows:))
    #expect(due == [100, 100, 100, 101, 500, 1000, 1000, 1000])
  }

  private static func digest(_ digit: String) -> String { String(repeating: digit, count: 64) }
}
