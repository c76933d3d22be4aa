// Owns the walk through a graph: greedy descent and best-first search on one level (Malkov and Yashunin, algorithms 2
// and 5). Invariant: it reads the graph and the vectors, and writes its scratch alone.

// SAFETY: holds pointers into the graph and the vectors, which its maker keeps alive; rows come from the graph, whose
// numbers are in range.
@safe struct GraphWalk {
  let graph: HNSWGraph
  let kernels: DistanceKernels
  let vectors: UnsafePointer<Float>
  let stride: Int

  init(graph: HNSWGraph, vectors: VectorBlock, kernels: DistanceKernels) {
    self.graph = graph
    self.kernels = kernels
    unsafe self.vectors = UnsafePointer(vectors.base)
    stride = vectors.stride
  }

  @inline(__always)
  func key(of row: Int, for query: UnsafePointer<Float>) -> RankKey {
    unsafe RankKey(score: kernels.score(query, vectors + row * stride, dimension: stride), row: UInt32(row))
  }

  /// The row that steps to ever nearer links of `level` end at.
  func descend(
    from entry: RankKey, level: Int, query: UnsafePointer<Float>, scratch: SearchScratch
  ) -> RankKey {
    let rows = unsafe scratch.rows
    let scores = unsafe scratch.scores
    let degreeMax = graph.degreeMax(level: level)
    var best = entry
    while true {
      let links = unsafe graph.slots(of: best.row, level: level)
      var count = 0
      while count < degreeMax, unsafe links[count] != HNSWGraph.noRow {
        unsafe rows[count] = links[count]
        count += 1
      }
      unsafe kernels.gather(query, rows: vectors, stride: stride, ordinals: rows, count: count, scores: scores)
      var next = best
      for index in 0..<count {
        next = unsafe max(next, RankKey(score: scores[index], row: rows[index]))
      }
      if next.row == best.row { return best }
      best = next
    }
  }

  /// Finds rows near `query` on `level`, from `entry` on, into `scratch.found`: the best `limit` of the accepted rows
  /// that the walk meets. Rows that are not accepted are walked through.
  @inline(__always)
  func search<Filter: RowFilter>(
    from entry: RankKey, level: Int, limit: Int, query: UnsafePointer<Float>, filter: Filter,
    scratch: SearchScratch
  ) {
    // Pointers and heaps live in locals: fields of a class would be checked and reloaded at each use.
    let visited = unsafe scratch.visited
    let rows = unsafe scratch.rows
    let scores = unsafe scratch.scores
    let generation = scratch.nextGeneration()
    let degreeMax = graph.degreeMax(level: level)
    var frontier = scratch.frontier
    var found = scratch.found
    frontier.removeAll()
    found.removeAll()

    unsafe visited[entry.row] = generation
    frontier.push(entry)
    if filter.accepts(entry.row) { found.push(entry) }
    while frontier.count > 0 {
      let nearest = frontier.pop()
      if found.count == limit, nearest < found.root { break }
      let links = unsafe graph.slots(of: nearest.row, level: level)
      var count = 0
      for slot in 0..<degreeMax {
        let neighbor = unsafe links[slot]
        if neighbor == HNSWGraph.noRow { break }
        let stamp = unsafe visited + Int(neighbor)
        // Written without a branch: whether a row is new is hard to predict.
        unsafe rows[count] = neighbor
        unsafe count += stamp.pointee == generation ? 0 : 1
        unsafe stamp.pointee = generation
      }
      unsafe kernels.gather(query, rows: vectors, stride: stride, ordinals: rows, count: count, scores: scores)
      for index in 0..<count {
        let key = unsafe RankKey(score: scores[index], row: rows[index])
        if found.count == limit, key < found.root { continue }
        frontier.push(key)
        if filter.accepts(key.row) { found.offer(key, limit: limit) }
      }
    }
    scratch.frontier = frontier
    scratch.found = found
  }
}
