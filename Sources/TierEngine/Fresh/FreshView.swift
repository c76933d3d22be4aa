// Owns a reader's side of the fresh tier. Invariant 3: immutable but for write-once `supersededBy` marks, which a
// search ignores when they are newer than its ceiling.

import IndexModel
import VectorIndex

/// The fresh rows that one tier set holds.
struct FreshView: Sendable {
  struct Part: Sendable {
    let chunk: FreshChunk
    let rowCount: Int
  }

  let parts: [Part]
  /// Rows up to this sequence belong to the generation.
  let floor: SequenceNumber
  /// The searchable sequence.
  let ceiling: SequenceNumber

  /// The exact top `k` of the visible rows, best first, equal scores by id. No locks.
  func search(_ query: Span<Float>, k: Int) -> [TierCandidate] {
    var candidates: [TierCandidate] = []
    for part in parts {
      let chunk = part.chunk
      let neighbors = chunk.vectors.search(
        query, k: k, rowCount: part.rowCount, floor: floor, ceiling: ceiling,
        precedes: { chunk.id($0) < chunk.id($1) })
      for neighbor in neighbors {
        candidates.append(
          TierCandidate(
            id: chunk.id(neighbor.row), score: neighbor.score, tier: .fresh,
            vectorSequence: chunk.vectors.sequence(neighbor.row)))
      }
    }
    return TierCandidate.best(k, of: candidates)
  }
}
