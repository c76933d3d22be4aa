// Owns one chunk of the fresh tier: vectors with the ids of their rows. Invariant: a row, once appended, never moves
// or changes but for its `supersededBy`; readers look only at rows below a count they captured after it was published.

import IndexModel
import VectorIndex

/// A fixed number of rows, appended by the writer thread.
@safe final class FreshChunk: @unchecked Sendable {
  let vectors: FlatChunk
  // SAFETY: `ids` has `vectors.capacity` slots; slots below `initializedCount` are initialised and never written again,
  // and readers touch only slots below a row count that was published after they were written.
  private let ids: UnsafeMutablePointer<ItemID>
  private var initializedCount = 0

  init(capacity: Int, dimension: Int, metric: Metric) {
    vectors = FlatChunk(capacity: capacity, dimension: dimension, metric: metric)
    unsafe ids = .allocate(capacity: capacity)
  }

  deinit {
    unsafe ids.deinitialize(count: initializedCount)
    unsafe ids.deallocate()
  }

  /// Rows, as the writer sees them.
  var count: Int { initializedCount }

  /// Appends a row; `false` when the chunk is full. Writer thread only.
  func append(_ id: ItemID, _ vector: Span<Float>, sequence: SequenceNumber) -> Bool {
    guard let row = vectors.append(vector, sequence: sequence) else { return false }
    // SAFETY: `row` equals `initializedCount`, which is below the capacity because the append succeeded.
    unsafe (ids + row).initialize(to: id)
    initializedCount = row + 1
    return true
  }

  /// The id of a row below a published count.
  func id(_ row: Int) -> ItemID { unsafe ids[row] }

  /// The row whose vector was set at `sequence`, among the first `rowCount`. Sequences rise with rows.
  func row(of sequence: SequenceNumber) -> Int? {
    var low = 0
    var high = initializedCount
    while low < high {
      let middle = (low + high) / 2
      if vectors.sequence(middle) < sequence { low = middle + 1 } else { high = middle }
    }
    return low < initializedCount && vectors.sequence(low) == sequence ? low : nil
  }
}
