// Owns the guess at what was meant by a word that nothing is called. Invariant: the work is bounded, however long the
// word that came from outside.

/// "Did you mean …?" for fields, commands and choices.
public enum Suggestion {
  /// The candidate that `word` was probably meant to be; `nil` where none is near. Letter case counts as no slip.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let wordCountMax = 64
    guard word.count <= wordCountMax else { return nil }
    let typed = Array(word.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let meant = Array(candidate.lowercased())
      let longer = max(typed.count, meant.count)
      let distance = editDistance(typed, meant)
      // A third of the letters may differ, and not all of them: more is another word.
      guard distance <= max(1, longer / 3), distance < longer else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// Insertions, removals, replacements and swaps of neighbours that turn one word into the other (the optimal string
  /// alignment distance).
  private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in 1...left.count {
      var current = [row] + Array(repeating: 0, count: right.count)
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        current[column] = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
        let isSwap =
          row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
        if isSwap { current[column] = min(current[column], beforePrevious[column - 2] + 1) }
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
