// Owns the promises about the example program: it is short, and it does what it shows.

import Foundation
import TestKit
import Testing

@Suite("The example that holds an index in its own process", .serialized, .timeLimit(.minutes(2)))
struct SearchInProcessTests {
  @Test("it has fewer than 60 lines")
  func isShort() throws {
    let repository = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
    let source = try String(
      contentsOf: repository.appending(path: "Examples/SearchInProcess/SearchInProcess.swift"), encoding: .utf8)
    #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count < 60)
  }

  @Test("it reads a JSON-lines log, finds by meaning, shows where hits come from, and ends")
  func run() async throws {
    let folder = try TestFolder()
    let texts = [
      ("graphviz", "draws diagrams of graphs from descriptions in a simple text language"),
      ("gnuchess", "plays the game of chess against a human opponent"),
      ("bread", "bakes a sourdough loaf with a dark crust overnight"),
      ("weather", "forecasts rain, wind and temperature for the coming days"),
    ]
    _ = try folder.write(
      texts.map { #"{"id":"\#($0)","text":"\#($1)","attributes":{"words":3}}"# + "\n" }.joined(),
      to: "events.jsonl")
    let topology = try folder.write(
      """
      name: example
      source: {kind: jsonl, jsonl: {path: \(folder.path)/events.jsonl}}
      embed: {kind: minilm, minilm: {model: \(RealModel.folder())}}
      store: {path: \(folder.path)/store, mapBytesMax: 268435456}
      log: {level: critical}
      """, to: "topology.yaml")
    let program = try ChildProgram(
      BuiltProgram.searchInProcess, [topology, "will it be sunny tomorrow?", "board games with a queen"],
      output: folder.path + "/output", errors: folder.path + "/errors")
    defer { program.end() }
    #expect(await program.ending(withinMilliseconds: 60_000) == .exited(0), "\(folder.text(of: "errors"))")

    let lines = folder.text(of: "output").split(separator: "\n").map(String.init)
    try #require(lines.count == 9, "\(lines)")
    #expect(lines[0].hasPrefix("will it be sunny tomorrow?"))
    #expect(lines[1].contains("weather"))
    #expect(lines[1].contains("fresh"))
    #expect(lines[1].contains("sequence 4"))
    #expect(lines[4].hasPrefix("board games with a queen"))
    #expect(lines[5].contains("gnuchess"))
    #expect(lines[8].contains("weather") && lines[8].contains("words"))
  }
}
