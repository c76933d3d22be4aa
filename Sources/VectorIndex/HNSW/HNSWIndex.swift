// Owns the searching of a built graph. Invariant: immutable; searches share nothing but the pool of scratches.

import IndexModel

/// A graph with its vectors. Searched from any thread.
public final class HNSWIndex: Sendable {
  /// The rows.
  public let vectors: VectorBlock
  /// The links over the rows.
  public let graph: HNSWGraph
  /// How rows are compared.
  public let metric: Metric

  let kernels: DistanceKernels
  private let scratches: ScratchPool

  /// Joins a graph and the vectors that it was built over.
  public init(vectors: VectorBlock, graph: HNSWGraph, metric: Metric) {
    precondition(vectors.rowCount == graph.rowCount, "a graph has as many rows as its vectors")
    self.vectors = vectors
    self.graph = graph
    self.metric = metric
    kernels = DistanceKernels(metric)
    scratches = ScratchPool(rowCount: graph.rowCount, degreeMax: 2 * graph.m, stride: vectors.stride)
  }

  /// Rows.
  public var rowCount: Int { vectors.rowCount }
  /// Components of a row.
  public var dimension: Int { vectors.dimension }

  /// About the `k` nearest visible rows, best first, the lower row first among equals. `ef` (at least `k`) is how many
  /// distinct visible vectors the walk keeps: more find more, in proportionally more time. Superseded rows are walked
  /// through and count towards neither `k` nor `ef`. `visibility` `nil` shows every row.
  public func search(_ query: Span<Float>, k: Int, ef: Int, visibility: RowVisibility?) -> [Neighbor] {
    precondition(query.count == dimension, "a query has as many values as the index has dimensions")
    guard k > 0, let entryRow = graph.entryRow else { return [] }
    let limit = min(max(ef, k), rowCount)
    let walk = GraphWalk(graph: graph, vectors: vectors, kernels: kernels)
    return scratches.withScratch { scratch in
      scratch.setQuery(query)
      let query = unsafe UnsafePointer(scratch.query)
      var entry = unsafe walk.key(of: entryRow, for: query)
      for level in stride(from: graph.levelMax, to: 0, by: -1) {
        entry = unsafe walk.descend(from: entry, level: level, query: query, scratch: scratch)
      }
      if let visibility {
        let visible = unsafe VisibleChains(visibility: visibility, twins: graph.twins)
        unsafe walk.search(from: entry, level: 0, limit: limit, query: query, filter: visible, scratch: scratch)
      } else {
        unsafe walk.search(from: entry, level: 0, limit: limit, query: query, filter: EveryRow(), scratch: scratch)
      }
      return rankChains(k: k, visibility: visibility, scratch: scratch)
    }
  }

  /// The best `k` of the visible rows in the chains of equal rows that `scratch.found` stands for.
  private func rankChains(k: Int, visibility: RowVisibility?, scratch: SearchScratch) -> [Neighbor] {
    var ranked = scratch.ranked
    ranked.removeAll()
    while scratch.found.count > 0 {
      let first = scratch.found.pop()
      var key = first
      while ranked.count < k || key > ranked.root {
        if visibility?.isVisible(key.row) ?? true { ranked.offer(key, limit: k) }
        guard let twin = graph.twin(of: key.row) else { break }
        // Later rows of a chain rank lower, so the first one that is not good enough ends it.
        key = RankKey(score: first.score, row: UInt32(twin))
      }
    }
    let best = ranked.drain(best: k)
    scratch.ranked = ranked
    return best
  }

  /// Checks the graph: links in range, none to its own row, degrees within bounds, every row reachable from the
  /// entry. Throws `HNSWGraphError`. Linear in the size of the graph.
  public func validate() throws {
    try graph.checkRanges()
    try graph.checkReachability()
  }
}
