// Owns the writer's side of the fresh tier: chunks that grow at the end and are trimmed at the front.
// Invariant 4: it keeps every row above the serving generation's watermark.

import IndexModel
import VectorIndex

/// The newest rows, exact. Writer thread only; readers get a `FreshView`.
struct FreshTier {
  private(set) var chunks: [FreshChunk] = []
  private let dimension: Int
  private let metric: Metric
  private let chunkRows: Int

  init(dimension: Int, metric: Metric, chunkRows: Int) {
    self.dimension = dimension
    self.metric = metric
    self.chunkRows = chunkRows
  }

  /// Rows held, superseded ones and those of a chunk that is only partly above the watermark included.
  var rowCount: Int { chunks.reduce(0) { $0 + $1.count } }

  /// Rows that a newer mutation superseded.
  var supersededCount: Int { chunks.reduce(0) { $0 + $1.vectors.mask.markedCount } }

  /// Appends a row whose sequence is greater than every one before.
  mutating func append(_ id: ItemID, _ vector: Span<Float>, sequence: SequenceNumber) {
    if let last = chunks.last, last.append(id, vector, sequence: sequence) { return }
    let chunk = FreshChunk(capacity: chunkRows, dimension: dimension, metric: metric)
    _ = chunk.append(id, vector, sequence: sequence)
    chunks.append(chunk)
  }

  /// Marks the row whose vector was set at `vectorSequence`, where it is here.
  func supersede(_ vectorSequence: SequenceNumber, by sequence: SequenceNumber) {
    let chunk = chunks.last { $0.count > 0 && $0.vectors.sequence(0) <= vectorSequence }
    if let chunk, let row = chunk.row(of: vectorSequence) { chunk.vectors.mask.mark(row, by: sequence) }
  }

  /// Forgets the chunks that hold nothing above `watermark`. Readers that captured them keep them alive.
  mutating func trim(through watermark: SequenceNumber) {
    chunks.removeAll { $0.count > 0 && $0.vectors.sequence($0.count - 1) <= watermark }
  }

  /// What a search may see: rows with `floor < sequence ≤ ceiling`.
  func view(floor: SequenceNumber, ceiling: SequenceNumber) -> FreshView {
    FreshView(parts: chunks.map { FreshView.Part(chunk: $0, rowCount: $0.count) }, floor: floor, ceiling: ceiling)
  }
}
