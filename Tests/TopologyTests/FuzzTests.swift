// Owns the promise that no text, however broken, does anything but load or be refused with places inside it.

import Foundation
import IndexModel
import Testing
import Topology

@Suite struct FuzzTests {
  /// `FRESHET_TEST_SEED=N swift test --filter TopologyTests.FuzzTests` replays a seed.
  private static let seed =
    ProcessInfo.processInfo.environment["FRESHET_TEST_SEED"].flatMap { UInt64($0) } ?? 20_261_121

  @Test("Mutations of the shipped files load or are refused with places inside the text", arguments: Samples.shipped)
  func mutations(name: String) throws {
    let original = Array(try Samples.text(ofShipped: name).utf8)
    var random = SplitMix64(seed: Self.seed)
    var refused = 0
    for round in 0..<1500 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &random) { Self.mutate(&bytes, using: &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      let lineCount = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
      do {
        _ = try FreshetTopology.parse(text: text, file: name, environment: Samples.environment)
      } catch let error as TopologyError {
        refused += 1
        let isPlaced = error.problems.allSatisfy { (1...(lineCount + 1)).contains($0.line ?? 1) }
        #expect(!error.problems.isEmpty && isPlaced, "seed \(Self.seed), round \(round): \(error)")
        #expect(!"\(error)".contains("correct horse"), "seed \(Self.seed), round \(round)")
      }
    }
    // A mutator that broke nothing would prove nothing.
    #expect(refused > 500)
  }

  private static func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
    let tokens = [
      "${", "}", "${KAFKA_PASSWORD}", "$${", ":-", "*a", "&a ", "[", "]", "{", "}", "\n- ", "? ", "!!binary ", "|\n",
      "'", "\"", "\t", "\r\n", "\u{0}", "\u{85}", "\u{FEFF}", "é", "---\n", "%YAML 9.9\n", "~", "-1", "1e999",
      "9223372036854775808", "<<: ",
    ]
    switch Int.random(in: 0..<5, using: &random) {
    case 0: if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &random) }
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &random))
    case 3: bytes.insert(contentsOf: Array((tokens.randomElement(using: &random) ?? "").utf8), at: place)
    default: bytes[place..<end].reverse()
    }
  }
}
