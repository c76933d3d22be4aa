// Owns the promise that the files in `topologies/` are right.

import Foundation
import IndexModel
import Testing
import Topology

@Suite struct ShippedTopologiesTests {
  @Test("Every shipped topology loads", arguments: Samples.shipped)
  func loads(name: String) throws {
    _ = try FreshetTopology.load(path: Samples.path(ofShipped: name), environment: Samples.environment)
  }

  @Test("No file in topologies/ goes untested")
  func complete() throws {
    let folder = Samples.root.appendingPathComponent("topologies").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
    #expect(files.sorted() == Samples.shipped)
  }

  @Test("The demo needs nothing from the environment, and takes its broker and port from there")
  func demo() throws {
    let path = Samples.path(ofShipped: "demo.yaml")
    let plain = try FreshetTopology.load(path: path, environment: [:])
    guard case .kafka(let kafka) = plain.source, case .minilm(let model) = plain.embed else {
      Issue.record("the demo reads Kafka and embeds with MiniLM")
      return
    }
    #expect(kafka.bootstrapServers == "127.0.0.1:9092")
    #expect(kafka.topic == "catalog.items")
    #expect(kafka.properties["receive.message.max.bytes"]?.reveal() == "1000000000")
    #expect(plain.decode.contentFields.map(\.description) == ["content.title", "content.description"])
    #expect(model.model == ".freshet/models/all-minilm-l6-v2")
    #expect(plain.store.path == ".freshet/demo/store")
    #expect(plain.serve.port == 8080)

    let moved = try FreshetTopology.load(
      path: path, environment: ["FRESHET_DEMO_BROKER": "127.0.0.1:19092", "FRESHET_DEMO_PORT": "9000"])
    guard case .kafka(let movedKafka) = moved.source else { return }
    #expect(movedKafka.bootstrapServers == "127.0.0.1:19092")
    #expect(moved.serve.port == 9000)
  }

  @Test("The demo's first generation comes early, and a load of 60,000 rows builds a handful more")
  func demoGenerations() throws {
    let rebuild = try FreshetTopology.load(path: Samples.path(ofShipped: "demo.yaml"), environment: [:]).tiers.main
      .rebuild
    var sizes: [Int] = []
    var mainRows = 0
    while mainRows + rebuild.freshRowsDue(mainRows: mainRows) <= 60_000 {
      mainRows += rebuild.freshRowsDue(mainRows: mainRows)
      sizes.append(mainRows)
    }
    #expect(sizes == [2_000, 4_000, 6_000, 9_000, 13_500, 20_250, 30_375, 45_563])
  }

  @Test("The production example logs in over TLS, asks for keys and keeps every commit")
  func production() throws {
    let topology = try FreshetTopology.load(
      path: Samples.path(ofShipped: "kafka.yaml"), environment: Samples.environment)
    guard case .kafka(let kafka) = topology.source else {
      Issue.record("the production example reads Kafka")
      return
    }
    #expect(kafka.security.protocol == .saslSSL)
    #expect(kafka.security.mechanism == .scramSHA512)
    #expect(kafka.security.password?.reveal() == "correct horse battery staple")
    #expect(topology.store.durability == .durable)
    #expect(topology.version == .field)
    #expect(topology.tiers.metric == .cosine)
    #expect(topology.serve.apiKeys.map(\.name) == ["shop", "operator"])
    #expect(topology.serve.apiKeys.map(\.role) == [.search, .admin])
    #expect(topology.isModelRequired)
  }

  @Test("The production example without its password says which variable is missing, and where")
  func missingPassword() throws {
    let text = try Samples.text(ofShipped: "kafka.yaml")
    var environment = Samples.environment
    environment["KAFKA_PASSWORD"] = nil
    let line =
      try #require(
        text.split(separator: "\n", omittingEmptySubsequences: false)
          .firstIndex { $0.contains("${KAFKA_PASSWORD}") }) + 1
    let problems = Samples.problems(text, environment: environment)
    #expect(problems.map(\.line) == [line])
    #expect(problems.first?.message.contains("KAFKA_PASSWORD") == true)
  }
}
