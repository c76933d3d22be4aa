// Owns a main-tier generation that serves: a mapped segment and which of its rows are superseded.
// Invariant 4: it holds every live vector up to its watermark and none above.

import IndexModel
import VectorIndex

/// A segment in service. Searched from any thread; marked by the writer thread.
final class Generation: Sendable {
  let record: GenerationRecord
  let segment: Segment
  let mask: SupersessionMask
  private let rows: RowLookup

  init(record: GenerationRecord, segment: Segment) {
    self.record = record
    self.segment = segment
    mask = SupersessionMask(rowCount: segment.vectorSequences.count)
    rows = RowLookup(segment.vectorSequences)
  }

  /// Every vector up to this sequence is here.
  var watermark: SequenceNumber { segment.watermark }

  /// Marks the row whose vector was set at `vectorSequence`, where it is here. Writer thread only.
  func supersede(_ vectorSequence: SequenceNumber, by sequence: SequenceNumber) {
    if let row = rows.row(of: vectorSequence) { mask.mark(row, by: sequence) }
  }

  /// Marks, as of `sequence`, every row whose vector the store no longer has: the join of invariant 4.
  func supersedeMissing(in reader: any StoreReading, asOf sequence: SequenceNumber) throws {
    var place = 0
    try reader.forEachVectorSequence { live in
      while place < rows.count, rows.sequence(at: place) < live {
        mask.mark(rows.row(at: place), by: sequence)
        place += 1
      }
      if place < rows.count, rows.sequence(at: place) == live { place += 1 }
    }
    while place < rows.count {
      mask.mark(rows.row(at: place), by: sequence)
      place += 1
    }
  }

  /// The nearest visible rows, best first, equal scores by id.
  func search(_ query: Span<Float>, k: Int, ef: Int, ceiling: SequenceNumber) -> [TierCandidate] {
    let visibility = RowVisibility(sequences: segment.vectorSequences, mask: mask, floor: .zero, ceiling: ceiling)
    let neighbors = segment.index.search(query, k: k, ef: max(ef, k), visibility: visibility)
    return TierCandidate.best(
      k,
      of: neighbors.map { neighbor in
        TierCandidate(
          id: segment.ids[neighbor.row], score: neighbor.score, tier: .main,
          vectorSequence: segment.vectorSequences[neighbor.row])
      })
  }
}
