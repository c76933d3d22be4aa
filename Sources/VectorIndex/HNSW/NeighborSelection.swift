// Owns the choice of a row's links among candidates. Invariant: a function of the candidates and the limit alone.

// SAFETY: as `GraphWalk`; `scores` covers `chunk` floats until `deallocate`.
@safe struct NeighborSelection {
  private let walk: GraphWalk
  private let scores: UnsafeMutablePointer<Float>
  private let chosen: UnsafeMutablePointer<UInt32>
  /// Links compared with a candidate at once: most candidates are refused by the first few.
  private static let chunk = 4

  init(walk: GraphWalk, degreeMax: Int) {
    self.walk = walk
    unsafe scores = .allocate(capacity: Self.chunk)
    unsafe chosen = .allocate(capacity: degreeMax)
  }

  func deallocate() {
    unsafe scores.deallocate()
    unsafe chosen.deallocate()
  }

  /// Chooses at most `limit` of `candidates`, best first, into `links`: each one that is nearer to the row than to any
  /// link chosen before it (Malkov and Yashunin, algorithm 4, without its optional extensions). So links lead in
  /// different directions, and clusters stay joined. Returns how many it chose. `candidates` are ranked by their score
  /// to the row, best first.
  func choose(
    from candidates: [RankKey], limit: Int, into links: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var count = 0
    for candidate in candidates {
      if count == limit { break }
      guard isDiverse(candidate, among: count) else { continue }
      unsafe chosen[count] = UInt32(candidate.row)
      count += 1
    }
    unsafe links.update(from: chosen, count: count)
    return count
  }

  private func isDiverse(_ candidate: RankKey, among count: Int) -> Bool {
    let vector = unsafe walk.vectors + candidate.row * walk.stride
    var first = 0
    while first < count {
      let length = min(Self.chunk, count - first)
      unsafe walk.kernels.gather(
        vector, rows: walk.vectors, stride: walk.stride, ordinals: chosen + first, count: length, scores: scores)
      for index in 0..<length {
        if unsafe scores[index] > candidate.score { return false }
      }
      first += length
    }
    return true
  }
}
