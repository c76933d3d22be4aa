// Tests of the fresh tier and its views (invariants 3 and 4).

import IndexModel
import TestKit
import Testing
import VectorIndex

@testable import TierEngine

@Suite("The fresh tier is exact, and a view shows one sequence for ever")
struct FreshTierTests {
  private struct Row {
    var id: ItemID
    var vector: [Float]
    var sequence: UInt64
    var supersededBy: UInt64?
  }

  @Test("every view equals brute force over the rows visible at its sequence, whatever was applied after it")
  func viewsEqualOracle() throws {
    var random = SplitMix64(seed: TestSeed.announced(for: "FreshTierTests", fixed: 21))
    let dimension = 24
    var tier = FreshTier(dimension: dimension, metric: .squaredL2, chunkRows: 64)
    var rows: [Row] = []
    var floor: UInt64 = 0
    var views: [(view: FreshView, rows: [Row], floor: UInt64, ceiling: UInt64)] = []
    var sequence: UInt64 = 0
    for step in 0..<600 {
      sequence += 1
      let id = try #require(ItemID("item-\(Int.random(in: 0..<120, using: &random))"))
      if let old = rows.lastIndex(where: { $0.id == id && $0.supersededBy == nil }) {
        tier.supersede(SequenceNumber(rawValue: rows[old].sequence), by: SequenceNumber(rawValue: sequence))
        rows[old].supersededBy = sequence
      }
      if Int.random(in: 0..<10, using: &random) > 0 {
        // Few distinct components, so that equal scores are common.
        let vector = (0..<dimension).map { _ in Float(Int.random(in: 0...1, using: &random)) }
        tier.append(id, vector.span, sequence: SequenceNumber(rawValue: sequence))
        rows.append(Row(id: id, vector: vector, sequence: sequence, supersededBy: nil))
      }
      if step % 150 == 149 {
        floor = sequence - 100
        tier.trim(through: SequenceNumber(rawValue: floor))
      }
      if step % 20 == 0 {
        let view = tier.view(floor: SequenceNumber(rawValue: floor), ceiling: SequenceNumber(rawValue: sequence))
        views.append((view, rows, floor, sequence))
      }
    }
    for (view, rows, floor, ceiling) in views {
      let query = (0..<dimension).map { _ in Float(Int.random(in: 0...1, using: &random)) }
      let visible = rows.filter { row in
        row.sequence > floor && row.sequence <= ceiling && (row.supersededBy.map { $0 > ceiling } ?? true)
      }
      let expected = TierCandidate.best(
        10,
        of: visible.map { row in
          let distance = zip(row.vector, query).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          return TierCandidate(
            id: row.id, score: -distance, tier: .fresh, vectorSequence: SequenceNumber(rawValue: row.sequence))
        })
      #expect(view.search(query.span, k: 10) == expected)
    }
  }
}
