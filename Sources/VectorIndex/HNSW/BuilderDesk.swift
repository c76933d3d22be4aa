// Owns what one thread of a build works with. Invariant: used by one thread at a time.

// SAFETY: the pointers live until `deinit`; a desk belongs to one worker of the team.
@safe final class BuilderDesk: @unchecked Sendable {
  let scratch: SearchScratch
  let selection: NeighborSelection
  private let walk: GraphWalk
  private let peerScores: UnsafeMutablePointer<Float>

  init(walk: GraphWalk, rowCount: Int, m: Int) {
    self.walk = walk
    scratch = SearchScratch(rowCount: rowCount, degreeMax: 2 * m, stride: walk.stride)
    selection = NeighborSelection(walk: walk, degreeMax: 2 * m)
    unsafe peerScores = .allocate(capacity: HNSWBuild.batchRowCount)
  }

  deinit {
    selection.deallocate()
    unsafe peerScores.deallocate()
  }

  /// The rows of the same batch with their scores; at most a batch of them.
  func scorePeers(of query: UnsafePointer<Float>, rows: Range<Int>) -> [RankKey] {
    unsafe walk.kernels.tile(
      query, rows: walk.vectors + rows.lowerBound * walk.stride, stride: walk.stride, count: rows.count,
      scores: peerScores)
    return rows.map { row in
      unsafe RankKey(score: peerScores[row - rows.lowerBound], row: UInt32(row))
    }
  }

  /// `rows` ranked by their scores to `row`, best first.
  func rank(_ rows: [UInt32], for row: Int) -> [RankKey] {
    let query = unsafe walk.vectors + row * walk.stride
    var keys = rows.map { unsafe walk.key(of: Int($0), for: query) }
    keys.sort(by: >)
    return keys
  }
}
