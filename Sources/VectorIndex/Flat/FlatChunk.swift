// Owns a fixed number of rows that are searched exactly. Invariant: append-only: what a reader may see, up to the
// row count that was published to it, never changes.

import IndexModel
import Synchronization

// SAFETY: rows and sequences below a published row count are never written again; the writer touches only memory
// above it. The publication (a release-store that the reader acquires) is the engine's.
/// Append-only rows of the fresh tier. One writer appends; readers search without locks, bounded by a row count that
/// they captured after the writer published it.
@safe public final class FlatChunk: @unchecked Sendable {
  /// The most rows it holds.
  public let capacity: Int
  /// Components of a row.
  public let dimension: Int
  /// How rows are compared.
  public let metric: Metric
  /// Which rows are superseded.
  public let mask: SupersessionMask

  private let stride: Int
  private let kernels: DistanceKernels
  private let vectors: UnsafeMutablePointer<Float>
  private let sequences: UnsafeMutablePointer<UInt64>
  private let appended = Atomic<Int>(0)

  /// An empty chunk. Memory for all rows is reserved; the system hands it out as rows arrive.
  public init(capacity: Int, dimension: Int, metric: Metric) {
    precondition(capacity > 0 && dimension > 0, "a chunk has room for a row of at least one component")
    self.capacity = capacity
    self.dimension = dimension
    self.metric = metric
    mask = SupersessionMask(rowCount: capacity)
    stride = VectorBlock.stride(ofDimension: dimension)
    kernels = DistanceKernels(metric)
    unsafe vectors = AlignedMemory.allocate(count: capacity * stride, of: Float.self)
    unsafe sequences = AlignedMemory.allocate(count: capacity, of: UInt64.self)
  }

  deinit {
    unsafe AlignedMemory.deallocate(vectors)
    unsafe AlignedMemory.deallocate(sequences)
  }

  /// Rows appended so far, as the writer sees it.
  public var count: Int { appended.load(ordering: .acquiring) }

  /// Appends a row and returns it, or `nil` when the chunk is full. Writer only.
  public func append(_ vector: Span<Float>, sequence: SequenceNumber) -> Int? {
    precondition(vector.count == dimension, "a row has as many values as the chunk has dimensions")
    let row = appended.load(ordering: .relaxed)
    guard row < capacity else { return nil }
    let start = unsafe vectors + row * stride
    for index in 0..<dimension { unsafe (start + index).initialize(to: vector[index]) }
    for index in dimension..<stride { unsafe (start + index).initialize(to: 0) }
    unsafe (sequences + row).initialize(to: sequence.rawValue)
    appended.store(row + 1, ordering: .releasing)
    return row
  }

  /// The sequence at which `row` was set. Any thread that was given the row.
  public func sequence(_ row: Int) -> SequenceNumber {
    precondition(row >= 0 && row < capacity, "row out of range")
    return unsafe SequenceNumber(rawValue: sequences[row])
  }

  /// The exact top `k` among the visible rows below `rowCount`, best first. `precedes` orders rows of equal score,
  /// also at the k-th place. Any thread. One pass over the rows at the memory's bandwidth.
  public func search(
    _ query: Span<Float>, k: Int, rowCount: Int, floor: SequenceNumber, ceiling: SequenceNumber,
    precedes: (Int, Int) -> Bool
  ) -> [Neighbor] {
    precondition(query.count == dimension, "a query has as many values as the chunk has dimensions")
    let rowCount = min(rowCount, count)
    guard k > 0, rowCount > 0 else { return [] }
    var best = OrderedTopK(limit: k, rowCount: rowCount)
    unsafe withPaddedCopy(of: query) { query in
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.rowsPerBlock) { scores in
        guard let scoresStart = scores.baseAddress else { return }
        for first in Swift.stride(from: 0, to: rowCount, by: Self.rowsPerBlock) {
          let blockCount = min(Self.rowsPerBlock, rowCount - first)
          unsafe kernels.run(
            query, rows: vectors + first * stride, stride: stride, count: blockCount, scores: scoresStart)
          var scoreMin = best.scoreMin
          for offset in 0..<blockCount {
            let score = unsafe rankable(scoresStart[offset])
            let row = first + offset
            guard score >= scoreMin, isVisible(row, floor: floor, ceiling: ceiling) else { continue }
            best.offer(row: row, score: score, precedes: precedes)
            scoreMin = best.scoreMin
          }
        }
      }
    }
    return best.neighbors
  }

  /// Rows scored before their scores are looked at: the scores stay in the first-level cache.
  private static let rowsPerBlock = 256

  @inline(__always)
  private func isVisible(_ row: Int, floor: SequenceNumber, ceiling: SequenceNumber) -> Bool {
    let sequence = unsafe sequences[row]
    return floor.rawValue < sequence && sequence <= ceiling.rawValue && mask.isCurrent(row, at: ceiling.rawValue)
  }
}
