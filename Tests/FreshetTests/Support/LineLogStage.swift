// Owns a JSON-lines log of items with given vectors and a topology over it: an index that needs no broker and no model.

import Foundation
import IndexModel

/// A folder with a log, a store and a topology.
struct LineLogStage {
  static let dimension = 8

  let folder: TestFolder
  let topology: String

  /// Writes a log of `count` items; nothing is rebuilt but on request.
  init(count: Int, logLevel: String = "critical") throws {
    folder = try TestFolder()
    _ = try folder.write((0..<count).map { Self.event($0) + "\n" }.joined(), to: "events.jsonl")
    topology = try folder.write(
      """
      name: lines
      source: {kind: jsonl, jsonl: {path: \(folder.path)/events.jsonl}}
      embed: {kind: none, none: {model: {name: test, dimension: \(Self.dimension)}}}
      store: {path: \(folder.path)/store, mapBytesMax: 268435456}
      tiers: {main: {buildCoresMax: 2, rebuild: {rowsMin: 1_000_000, checkMilliseconds: 10}}}
      serve: {port: 0}
      log: {level: \(logLevel)}
      """, to: "topology.yaml")
  }

  private static func event(_ number: Int) -> String {
    #"{"id":"item-\#(number)","vector":\#(vector(number)),"attributes":{"number":\#(number)}}"#
  }

  /// The JSON of the vector that stands for a number.
  static func vector(_ number: Int) -> String {
    var random = SplitMix64(seed: UInt64(number))
    return "\((0..<dimension).map { _ in Float.random(in: -1...1, using: &random) })"
  }
}
