// Owns the way from a vector's sequence to its row in a segment, whose rows are in build order.
// Invariant: sequences are sorted and distinct.

import IndexModel
import VectorIndex

/// Rows by the sequence of their vectors: 12 bytes a row, found by binary search.
struct RowLookup: Sendable {
  private let sequences: [UInt64]
  private let rows: [UInt32]

  init(_ vectorSequences: RowSequences) {
    let order = (0..<vectorSequences.count).sorted { vectorSequences[$0] < vectorSequences[$1] }
    sequences = order.map { vectorSequences[$0].rawValue }
    rows = order.map { UInt32($0) }
  }

  var count: Int { rows.count }

  /// The `place`-th sequence in rising order.
  func sequence(at place: Int) -> SequenceNumber { SequenceNumber(rawValue: sequences[place]) }

  /// The row of the `place`-th sequence.
  func row(at place: Int) -> Int { Int(rows[place]) }

  /// The row whose vector was set at `sequence`.
  func row(of sequence: SequenceNumber) -> Int? {
    var low = 0
    var high = sequences.count
    while low < high {
      let middle = (low + high) / 2
      if sequences[middle] < sequence.rawValue { low = middle + 1 } else { high = middle }
    }
    return low < sequences.count && sequences[low] == sequence.rawValue ? Int(rows[low]) : nil
  }
}
