// Owns the promise that what is wrong in a file is told with its place and a way out, all at once.

import Testing
import Topology

@Suite struct ProblemsTests {
  @Test("An unknown key is refused at its line and column, with what was probably meant")
  func unknownKey() {
    let problems = Samples.problems(Samples.minimal + "\nserve:\n  prot: 9000\n")
    #expect(
      problems.map(\.description) == [
        "shop.yaml:6:9: `serve` has no field \"prot\"; it has host, port, bodyBytesMax, kMax, efMax, threads, "
          + "readyLagSecondsMax, shutdownSecondsMax, apiKeys, insecure; did you mean `port`?"
      ])
  }

  @Test(
    "A slip of the pen is recognised; another word is not guessed at",
    arguments: [
      ("strore", "store"), ("Store", "store"), ("teirs", "tiers"), ("nmae", "name"), ("que", nil), ("banana", nil),
    ] as [(String, String?)])
  func suggestions(word: String, meant: String?) {
    let problems = Samples.problems(Samples.minimal + "\n\(word): 1\n")
    #expect(problems.map(\.suggestion) == [meant])
  }

  @Test("All problems are told at once, in the order of their lines")
  func allAtOnce() {
    let problems = Samples.problems(
      """
      name: ""
      version: logs
      source: {kind: jsonl, jsonl: {path: e.jsonl, follow: yes}}
      embed: {kind: minilm}
      store: {path: data, commitRowsMax: many}
      serve: {port: 70000}
      """)
    #expect(problems.compactMap(\.line) == [1, 2, 3, 4, 5, 6])
    #expect(
      problems.map(\.field) == [
        "name", "version", "source.jsonl.follow", "embed.minilm", "store.commitRowsMax", "serve.port",
      ])
    #expect(problems.map(\.suggestion) == [nil, "log", nil, nil, nil, nil])
  }

  @Test("What must be given is missed where its block stands")
  func missing() {
    let problems = Samples.problems("name: shop\nsource:\n  kind: kafka\n  kafka:\n    topic: items\n")
    let messages = problems.map(\.description)
    #expect(messages.contains("shop.yaml:5:5: `source.kafka.bootstrapServers` is missing; it must be given"))
    #expect(messages.contains("shop.yaml:1:1: `embed.kind` is missing; it must be minilm, none, hashing"))
    #expect(messages.contains("shop.yaml:1:1: `store.path` is missing; it must be given"))
    #expect(problems.count == 3)
  }

  @Test("The block of another kind is refused, because it would be ignored")
  func otherKind() {
    let problems = Samples.problems(
      Samples.minimal.replacing("{kind: jsonl,", with: "{kind: jsonl, kafka: {topic: items},"))
    #expect(problems.map(\.field) == ["source.kafka"])
  }

  @Test(
    "A value of the wrong type or out of range is refused, with what is allowed",
    arguments: [
      ("serve: {port: '9000'}", "`serve.port` must be a whole number, not text in quotes; remove the quotes"),
      ("serve: {port: 90.5}", "`serve.port` must be a whole number, not \"90.5\""),
      ("serve: {port: -1}", "`serve.port` must be 0 to 65535, not -1"),
      ("serve: {port: [1]}", "`serve.port` must be one value (integer), not a list"),
      ("serve: {port: }", "`serve.port` has no value; give one, or remove the key"),
      ("serve: ", "`serve` must be a block of `key: value` lines, not nothing"),
      ("serve: [1]", "`serve` must be a block of `key: value` lines, not a list"),
      ("serve: {insecure: yes}", "`serve.insecure` must be `true` or `false`, not \"yes\""),
      ("serve: {apiKeys: {a: 1}}", "`serve.apiKeys` must be a list, not a block"),
      (
        "serve: {apiKeys: [{name: a, sha256: hunter2}]}",
        "`serve.apiKeys[0].sha256` must be a SHA-256: 64 hexadecimal digits"
      ),
      (
        "queue: {bytesMax: 18446744073709551616}",
        "`queue.bytesMax` must be a whole number, not \"18446744073709551616\""
      ),
      ("tiers: {main: {buildCoresMax: nan}}", "`tiers.main.buildCoresMax` must be a number, not \"nan\""),
      ("tiers: {main: {buildCoresMax: 0x1p3}}", "`tiers.main.buildCoresMax` must be a number, not \"0x1p3\""),
      ("tiers: {main: {buildCoresMax: 0}}", "`tiers.main.buildCoresMax` must be 0.05 to 1024 cores, not 0"),
      ("decode: {contentFields: []}", "`decode.contentFields` must have 1 to 64 entries, not 0"),
      (
        "decode: {contentFields: [a..b]}",
        "`decode.contentFields[0]` must be keys joined by dots, such as `content.title`, not \"a..b\""
      ),
      (
        "log: {level: loud}",
        "`log.level` must be one of trace, debug, info, notice, warning, error, critical, not \"loud\""
      ),
    ])
  func wrongValues(line: String, message: String) {
    let problems = Samples.problems(Samples.minimal + "\n" + line + "\n")
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.line) == [5])
  }

  @Test(
    "What a Kafka source alone has is checked too",
    arguments: [
      ("partitions: some", "`source.kafka.partitions` must be `all` or a list such as [0, 1]"),
      ("partitions: [1, 1]", "`source.kafka.partitions` names a partition twice"),
      ("partitions: [-1]", "`source.kafka.partitions[0]` must be 0 to 1000000, not -1"),
      (
        "start: noon",
        "`source.kafka.start` must be earliest, latest, or a UTC time such as 2026-01-31T00:00:00Z, not \"noon\""
      ),
      (
        "properties: {group.id: mine}", "the property `group.id` is set by the field `groupID`"
      ),
      (
        "properties: {auto.offset.reset: latest}",
        "the property `auto.offset.reset` is set by Freshet: positions come from the store"
      ),
    ])
  func kafka(setting: String, message: String) {
    let problems = Samples.problems(Samples.minimalKafka.replacing("topic: items", with: "topic: items, \(setting)"))
    #expect(problems.map(\.message) == [message])
  }

  @Test("Partitions, start times and properties are read as they are meant")
  func kafkaValues() throws {
    let topology = try Samples.parse(
      Samples.minimalKafka.replacing(
        "topic: items",
        with: "topic: items, partitions: [3, 0], start: 2026-01-31T00:00:00Z, properties: {fetch.wait.max.ms: 5}"))
    guard case .kafka(let kafka) = topology.source else {
      Issue.record("the source is Kafka")
      return
    }
    #expect(kafka.partitions == .listed([0, 3]))
    #expect(kafka.start == .time(.init(millisecondsSince1970: 1_769_817_600_000)))
    #expect(kafka.properties == ["fetch.wait.max.ms": Secret("5")])
  }

  @Test("A key that stands twice is refused, in quotes or not", arguments: ["log", "'log'", "\"log\"", "!!str log"])
  func duplicates(key: String) {
    let problems = Samples.problems(Samples.minimal + "\nlog: {level: info}\n\(key): {level: debug}\n")
    #expect(problems.map(\.message) == ["the same block has `log` more than once; keep one"])
    #expect(problems.first?.line == 5)
  }

  @Test("Broken YAML is refused where it breaks")
  func syntax() {
    let problems = Samples.problems("name: shop\nstore: {path: data\nembed: 1\n")
    #expect(problems.count == 1)
    #expect(problems.first?.line == 3)
    #expect(problems.first?.message.hasPrefix("is not valid YAML:") == true)
  }

  @Test("A control character in the file is refused where it stands")
  func controlCharacter() {
    let problems = Samples.problems("name: shop\nstore: \u{7}\n")
    #expect(problems.map(\.line) == [2])
    #expect(problems.map(\.column) == [8])
  }
}
