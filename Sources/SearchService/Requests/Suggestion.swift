// Owns the guess at what a caller meant to write.

/// The nearest of `candidates` to `word`, if it is near enough to be a slip: at most a third of its letters, and at
/// most three, inserted, removed, changed or swapped with a neighbour (optimal string alignment distance).
func suggestion(for word: String, among candidates: [String]) -> String? {
  // A slip is short; a long word costs its length times the candidate's, so it gets no guess.
  guard word.utf8.count <= 64 else { return nil }
  let written = Array(word.lowercased().utf8)
  let distances = candidates.map { (name: $0, distance: distance(written, Array($0.lowercased().utf8))) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  let isNear = best.distance <= min(3, max(1, best.name.utf8.count / 3))
  // As many changes as letters: nothing of the word is left.
  let isKin = best.distance < max(word.utf8.count, best.name.utf8.count)
  return isNear && isKin ? best.name : nil
}

private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let change = previous[column] + (left[row] == right[column] ? 0 : 1)
      var best = min(change, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
