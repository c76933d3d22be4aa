// Owns the files and texts that the tests read: the shipped topologies, and the shortest ones that are complete.

import Foundation
import Testing
import Topology

enum Samples {
  /// The repository's root.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The shipped topologies by file name.
  static let shipped = ["demo.yaml", "jsonl.yaml", "kafka.yaml"]

  /// What the shipped topologies need from the environment.
  static let environment = [
    "KAFKA_PASSWORD": "correct horse battery staple",
    "FRESHET_SEARCH_KEY_SHA256": String(repeating: "a", count: 64),
    "FRESHET_ADMIN_KEY_SHA256": String(repeating: "b", count: 64),
  ]

  static func path(ofShipped name: String) -> String {
    root.appendingPathComponent("topologies/\(name)").path
  }

  static func text(ofShipped name: String) throws -> String {
    try String(contentsOfFile: path(ofShipped: name), encoding: .utf8)
  }

  /// Only what must be given, reading a file.
  static let minimal = """
    name: shop
    source: {kind: jsonl, jsonl: {path: events.jsonl}}
    embed: {kind: minilm, minilm: {model: models/minilm}}
    store: {path: data}
    """

  /// Only what must be given, reading Kafka.
  static let minimalKafka = """
    name: shop
    source: {kind: kafka, kafka: {bootstrapServers: "b:9092", topic: items}}
    embed: {kind: none, none: {model: {name: shop-v1, dimension: 8}}}
    store: {path: data}
    """

  static func parse(_ text: String, environment: [String: String] = [:]) throws -> FreshetTopology {
    try FreshetTopology.parse(text: text, file: "shop.yaml", environment: environment)
  }

  /// The problems of a text that must be refused; empty where it is accepted.
  static func problems(
    _ text: String, environment: [String: String] = [:]
  ) -> [TopologyError.Problem] {
    do {
      _ = try parse(text, environment: environment)
      return []
    } catch let error as TopologyError {
      return error.problems
    } catch {
      Issue.record("only a TopologyError may be thrown, not \(error)")
      return []
    }
  }
}
