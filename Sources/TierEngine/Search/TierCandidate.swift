// Owns the merge of both tiers' answers. Invariant: higher scores first, equal scores by id, so that the same rows
// give the same answer whichever tier holds them.

import IndexModel

/// A row that one tier found, before its item is looked up.
struct TierCandidate: Sendable, Hashable {
  var id: ItemID
  var score: Float
  var tier: Tier
  var vectorSequence: SequenceNumber

  /// The first `k` of `candidates` in the order of hits.
  static func best(_ k: Int, of candidates: [TierCandidate]) -> [TierCandidate] {
    Array(candidates.sorted { $0.precedes($1) }.prefix(k))
  }

  private func precedes(_ other: TierCandidate) -> Bool {
    score == other.score ? id < other.id : score > other.score
  }
}
