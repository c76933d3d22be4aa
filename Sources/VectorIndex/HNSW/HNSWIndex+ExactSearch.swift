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
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: ExactScan.rowsPerTile) { scores in
        guard let scores = scores.baseAddress else { return }
        for first in stride(from: 0, to: rowCount, by: ExactScan.rowsPerTile) {
          let count = min(ExactScan.rowsPerTile, rowCount - first)
          unsafe scan(query, first: first, count: count, scores: scores, k: k, visibility: visibility, into: &best)
        }
      }
    }
    return best.drain(best: k)
  }

  /// The `k` nearest rows of each query, best first. Reads every row once for each thread; a tile of rows stays in
  /// the cache while all queries pass over it. Throws `BuildCancelled`.
  public func exactSearch(queries: VectorBlock, k: Int, control: BuildControl) throws -> [[Neighbor]] {
    precondition(queries.dimension == dimension, "queries have as many values as the index has dimensions")
    guard k > 0, rowCount > 0 else { return [[Neighbor]](repeating: [], count: queries.rowCount) }
    let team = WorkerTeam(threadCount: control.threadCount)
    let perThread = (queries.rowCount + control.threadCount - 1) / control.threadCount
    let parts = try team.map(count: control.threadCount) { part in
      let first = min(part * perThread, queries.rowCount)
      let last = min(first + perThread, queries.rowCount)
      return try self.exactSearch(queries: queries, range: first..<last, k: k, control: control)
    }
    return parts.flatMap { $0 }
  }

  private func exactSearch(
    queries: VectorBlock, range: Range<Int>, k: Int, control: BuildControl
  ) throws -> [[Neighbor]] {
    var bests = range.map { _ in RankHeap<WorstFirst>(capacity: min(k, rowCount)) }
    defer { for best in bests { best.deallocate() } }
    try unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: ExactScan.rowsPerTile) { scores in
      guard let scores = scores.baseAddress else { return }
      for first in stride(from: 0, to: rowCount, by: ExactScan.rowsPerTile) {
        let count = min(ExactScan.rowsPerTile, rowCount - first)
        for (place, query) in range.enumerated() {
          if place % ExactScan.queriesPerCheckpoint == 0 { try control.checkpoint() }
          unsafe scan(
            queries.base + query * queries.stride, first: first, count: count, scores: scores, k: k,
            visibility: nil, into: &bests[place])
        }
      }
    }
    return bests.indices.map { bests[$0].drain(best: k) }
  }

  private func scan(
    _ query: UnsafePointer<Float>, first: Int, count: Int, scores: UnsafeMutablePointer<Float>, k: Int,
    visibility: RowVisibility?, into best: inout RankHeap<WorstFirst>
  ) {
    let stride = vectors.stride
    unsafe kernels.run(query, rows: vectors.base + first * stride, stride: stride, count: count, scores: scores)
    for offset in 0..<count {
      let key = unsafe RankKey(score: scores[offset], row: UInt32(first + offset))
      guard best.count < k || key > best.root, visibility?.isVisible(first + offset) ?? true else { continue }
      best.offer(key, limit: k)
    }
  }
}

private enum ExactScan {
  /// 384-dimensional rows of a tile fill about half of a second-level cache.
  static let rowsPerTile = 256
  /// About a millisecond of work.
  static let queriesPerCheckpoint = 512
}
