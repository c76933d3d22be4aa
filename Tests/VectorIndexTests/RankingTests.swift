// Owns the promises about keys and heaps by which rows are ranked.

import IndexModel
import Testing

@testable import VectorIndex

@Suite("Ranking")
struct RankingTests {
  @Test("A key ranks by score, then by the lower row, and gives both back")
  func keysOrder() {
    let scores: [Float] = [
      -.infinity, -3.4e38, -2, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 0.5, 1, 3.4e38, .infinity,
    ]
    for (place, score) in scores.enumerated() {
      let key = RankKey(score: score, row: 7)
      #expect(key.score == score && key.row == 7)
      #expect(RankKey(score: score, row: 3) > key)
      if place > 0 { #expect(key > RankKey(score: scores[place - 1], row: 0)) }
    }
    #expect(RankKey(score: -0.0, row: 1) > RankKey(score: 0.0, row: 2))
  }

  @Test("A heap gives its keys in order, and a bounded one keeps the best")
  func heapsEqualSorting() {
    var random = RandomVectors(stream: 20)
    for count in [1, 2, 15, 16, 17, 500] {
      let keys = (0..<count).map { RankKey(score: Float(random.index(below: 40)), row: UInt32($0)) }
      var frontier = RankHeap<BestFirst>(capacity: 4)
      var kept = RankHeap<WorstFirst>(capacity: 4)
      defer {
        frontier.deallocate()
        kept.deallocate()
      }
      for key in keys {
        frontier.push(key)
        kept.offer(key, limit: 12)
      }
      let sorted = keys.sorted(by: >)
      #expect((0..<count).map { _ in frontier.pop() } == sorted, "\(replay)")
      #expect(kept.drain(best: 10).map(\.row) == sorted.prefix(12).prefix(10).map(\.row), "\(replay)")
    }
  }
}
