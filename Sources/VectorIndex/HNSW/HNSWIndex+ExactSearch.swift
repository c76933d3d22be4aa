// Owns the exact search of an index's rows, by which a graph is judged. Invariant: ranks by the same scores as the
// graph's walk, so equal scores can be told from misses.

import IndexModel

extension HNSWIndex {
  /// The `k` nearest visible rows, best first, the lower row first among equals. Reads every row once.
  public func exactSearch(_ query: Span<Float>, k: Int, visibility: RowVisibility?) -> [Neighbor] {
    precondition(query.count == dimension, "a query has as many values as the index has dimensions")
    guard k > 0, rowCount > 0 else { return [] }
    var best = RankHeap<WorstFirst>(capacity: min(k, rowCount))
    defer { best.deallocate() }
    unsafe withPaddedCopy(of: query) { query in
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: ExactScan.rowsPerRun) { scores in
        guard let scores = scores.baseAddress else { return }
        for first in stride(from: 0, to: rowCount, by: ExactScan.rowsPerRun) {
          let count = min(ExactScan.rowsPerRun, rowCount - first)
          unsafe kernels.run(
            query, rows: vectors.base + first * vectors.stride, stride: vectors.stride, count: count, scores: scores)
          unsafe offer(scores, first: first, count: count, k: k, visibility: visibility, to: &best)
        }
      }
    }
    return best.drain(best: k)
  }

  /// The `k` nearest rows of each query, best first, on `control.threadCount` threads of its own; the caller waits.
  /// Reads every row once for each block of queries. Throws `BuildCancelled`.
  public func exactSearch(queries: VectorBlock, k: Int, control: BuildControl) throws -> [[Neighbor]] {
    precondition(queries.dimension == dimension, "queries have as many values as the index has dimensions")
    guard k > 0, rowCount > 0 else { return [[Neighbor]](repeating: [], count: queries.rowCount) }
    let blockCount = ExactScan.queriesPerBlock(stride: queries.stride)
    let blocks = stride(from: 0, to: queries.rowCount, by: blockCount).map { first in
      first..<min(first + blockCount, queries.rowCount)
    }
    let team = WorkerTeam(threadCount: control.threadCount)
    return try team.map(count: blocks.count) { block in
      try self.exactSearch(queries: queries, block: blocks[block], k: k, control: control)
    }.flatMap { $0 }
  }

  private func exactSearch(
    queries: VectorBlock, block: Range<Int>, k: Int, control: BuildControl
  ) throws -> [[Neighbor]] {
    var bests = block.map { _ in RankHeap<WorstFirst>(capacity: min(k, rowCount)) }
    defer { for best in bests { best.deallocate() } }
    let rowsPerTile = ExactScan.rowsPerTile(stride: vectors.stride)
    try unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: rowsPerTile) { scores in
      guard let scores = scores.baseAddress else { return }
      for first in stride(from: 0, to: rowCount, by: rowsPerTile) {
        if first / rowsPerTile % ExactScan.tilesPerCheckpoint == 0 { try control.checkpoint() }
        let count = min(rowsPerTile, rowCount - first)
        for (place, query) in block.enumerated() {
          unsafe kernels.tile(
            queries.base + query * queries.stride, rows: vectors.base + first * vectors.stride,
            stride: vectors.stride, count: count, scores: scores)
          unsafe offer(scores, first: first, count: count, k: k, visibility: nil, to: &bests[place])
        }
      }
    }
    return bests.indices.map { bests[$0].drain(best: k) }
  }

  /// Offers the visible ones of `count` scored rows, from `first` on, to the best `k`.
  private func offer(
    _ scores: UnsafeMutablePointer<Float>, first: Int, count: Int, k: Int, visibility: RowVisibility?,
    to best: inout RankHeap<WorstFirst>
  ) {
    var worst = best.count < k ? RankKey.lowest : best.root
    for offset in 0..<count {
      let key = unsafe RankKey(score: scores[offset], row: UInt32(first + offset))
      guard key > worst, visibility?.isVisible(first + offset) ?? true else { continue }
      best.offer(key, limit: k)
      worst = best.count < k ? .lowest : best.root
    }
  }
}

/// How exact search walks through memory.
private enum ExactScan {
  /// Rows scored before their scores are looked at: the scores stay in the first-level cache.
  static let rowsPerRun = 256
  /// About a millisecond of work.
  static let tilesPerCheckpoint = 64

  /// Rows that fit in half of a first-level cache.
  static func rowsPerTile(stride: Int) -> Int { max(4, 6144 / stride & ~3) }

  /// Queries that fit in a part of a second-level cache.
  static func queriesPerBlock(stride: Int) -> Int { max(1, 65_536 / stride) }
}
