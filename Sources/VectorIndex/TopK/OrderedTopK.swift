// Owns the best k rows under a caller's order of equal scores. Invariant: best first, also at the k-th place.

struct OrderedTopK {
  private let limit: Int
  private(set) var neighbors: [Neighbor]

  init(limit: Int, rowCount: Int) {
    self.limit = limit
    neighbors = []
    neighbors.reserveCapacity(min(limit, rowCount))
  }

  /// The score that a row must at least have to be offered.
  var scoreMin: Float {
    guard neighbors.count == limit, let last = neighbors.last else { return -.infinity }
    return last.score
  }

  /// Takes the row if it is among the best; `precedes` tells which of two rows with equal scores comes first.
  mutating func offer(row: Int, score: Float, precedes: (Int, Int) -> Bool) {
    var low = 0
    var high = neighbors.count
    while low < high {
      let middle = (low + high) / 2
      let other = neighbors[middle]
      let otherIsBetter = other.score > score || (other.score == score && precedes(other.row, row))
      if otherIsBetter { low = middle + 1 } else { high = middle }
    }
    guard low < limit else { return }
    if neighbors.count == limit { neighbors.removeLast() }
    neighbors.insert(Neighbor(row: row, score: score), at: low)
  }
}
