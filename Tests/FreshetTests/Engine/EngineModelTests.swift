// The model test: thousands of seeded operations against a dictionary and exact search (invariants 1 to 5).

import Foundation
import IndexModel
import TestKit
import Testing
import TierEngine
import VectorIndex

@Suite("The index equals a plain dictionary after every batch", .timeLimit(.minutes(10)))
struct EngineModelTests {
  /// What a plain program would remember of an item.
  private struct Known {
    var vector: [Float]
    var colour: Int
  }

  @Test("upserts, updates, deletes, replays, rebuilds and restarts, in any order", arguments: VersionDomain.allCases)
  func operations(domain: VersionDomain) async throws {
    let seed = TestSeed.announced(for: "EngineModelTests", fixed: domain == .log ? 401 : 402)
    var random = SplitMix64(seed: seed)
    let harness = try EngineHarness(versionDomain: domain)
    var model = Model(domain: domain)
    for batch in 0..<120 {
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        try model.step(harness.source, random: &random)
      }
      switch Int.random(in: 0..<10, using: &random) {
      case 0 where model.items.count > 20: try await harness.rebuild()
      case 1: try await harness.restart()
      case 2 where model.items.count > 20:
        // A rebuild that races the operations after it.
        harness.engine.requestRebuild(reason: "test, racing")
      default: break
      }
      try await harness.catchUp()
      try await check(harness, model, random: &random, context: "seed \(seed), batch \(batch)")
    }
    #expect(harness.events.summary.promotedGenerations > 3)
    #expect(harness.events.summary.failures.isEmpty)
    try await harness.close()
  }

  private func check(
    _ harness: EngineHarness, _ model: Model, random: inout SplitMix64, context: String
  ) async throws {
    let status = try await harness.engine.status()
    #expect(status.items == model.items.count, "\(context)")
    #expect(status.durableSequence == status.searchableSequence, "\(context)")

    // The engine normalises what it is given, once, as the oracle does: so that even the last bit of a score is equal.
    let given = model.makeVector(random: &random)
    var query = given
    _ = VectorMath.normalize(&query)
    let k = 10
    let response = try await harness.engine.search(
      SearchRequest(query: .vector(given, model: nil), k: k, includesAttributes: true))
    #expect(Set(response.hits.map(\.id)).count == response.hits.count, "an item twice: \(context)")
    #expect(response.hits.count == min(k, model.items.count), "too few hits: \(context)")
    for hit in response.hits {
      let known = try #require(model.items[hit.id], "a superseded item: \(hit.id), \(context)")
      let score = VectorMath.score(query.span, known.vector.span, metric: .cosine)
      #expect(hit.score == score, "an old version of \(hit.id): \(context)")
      #expect(hit.attributes?["colour"] == .integer(Int64(known.colour)), "old attributes: \(context)")
    }

    // The fresh tier alone is exact over exactly the items whose vector is newer than the generation.
    let watermark = status.main?.watermark ?? .zero
    let freshIDs = try harness.store.read { reader in
      try Set(model.items.keys.filter { try (reader.item($0)?.vectorSequence ?? .zero) > watermark })
    }
    let fresh = try await harness.engine.search(
      SearchRequest(query: .vector(given, model: nil), k: k, tiers: .fresh))
    if try await harness.engine.status().main?.watermark ?? .zero == watermark {
      let scored: [(id: ItemID, score: Float)] = freshIDs.compactMap { id in
        guard let known = model.items[id] else { return nil }
        return (id, VectorMath.score(query.span, known.vector.span, metric: .cosine))
      }
      let expected = scored.sorted { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }.prefix(k)
      #expect(fresh.hits.map(\.id) == expected.map(\.id), "the fresh tier is not exact: \(context)")
    }
  }

  /// The dictionary, and the rules of invariant 5 in their plainest form.
  private struct Model {
    let domain: VersionDomain
    var items: [ItemID: Known] = [:]
    var versions: [ItemID: UInt64] = [:]

    init(domain: VersionDomain) {
      self.domain = domain
    }

    func makeVector(random: inout SplitMix64) -> [Float] {
      // Coarse components, so that equal vectors and equal scores are common.
      var vector = (0..<EngineHarness.encoder.model.dimension).map { _ in Float(Int.random(in: -2...2, using: &random))
      }
      vector[0] += 3
      return vector
    }

    /// Appends one event to the log and applies it to the dictionary.
    mutating func step(_ source: ScriptedSource, random: inout SplitMix64) throws {
      let number = Int.random(in: 0..<300, using: &random)
      guard let id = ItemID("item-\(number)") else { return }
      let partition = source.partitions[number % source.partitions.count]
      let now = EventTime(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1000))
      let version = UInt64.random(in: 1...1000, using: &random)
      let isNewest = domain == .log || versions[id].map { version >= $0 } ?? true
      let versionText = domain == .field ? ",\"version\":\(version)" : ""
      let colour = Int.random(in: 0..<5, using: &random)
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<7:
        let vector = makeVector(random: &random)
        let values = vector.map { "\($0)" }.joined(separator: ",")
        source.append(
          #"{"id":"\#(id)"\#(versionText),"vector":[\#(values)],"attributes":{"colour":\#(colour)}}"#, to: partition,
          time: now)
        if isNewest {
          var unit = vector
          _ = VectorMath.normalize(&unit)
          items[id] = Known(vector: unit, colour: colour)
          versions[id] = version
        }
      case 7..<15:
        // Few texts, so that an item often comes again with the text that it has, and only its attributes change.
        let text = "word\(number % 7) word\(Int.random(in: 0..<2, using: &random))"
        source.append(
          #"{"id":"\#(id)"\#(versionText),"text":"\#(text)","attributes":{"colour":\#(colour)}}"#, to: partition,
          time: now)
        if isNewest {
          items[id] = Known(vector: try EngineHarness.encoder.encode([text], role: .item), colour: colour)
          versions[id] = version
        }
      case 15..<18:
        if domain == .log {
          source.append(nil, key: id.rawValue, to: partition, time: now)
        } else {
          source.append(#"{"id":"\#(id)","op":"delete"\#(versionText)}"#, to: partition, time: now)
        }
        if isNewest {
          items[id] = nil
          versions[id] = version
        }
      case 18: source.append("{ not an event", to: partition, time: now)
      default: source.append(#"{"id":"\#(id)","vector":[1,2]}"#, to: partition, time: now)
      }
    }
  }
}
