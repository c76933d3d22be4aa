// Owns the words that have no place in the repository: promises of later work, and ways to crash on input.

enum WordRule {
  /// Anywhere, comments and prose included, as whole words.
  private static let promises = ["TODO", "FIXME", "XXX", "HACK", "for now", "not implemented", "unimplemented"]

  /// In the code of rooms: what ends the process or hides an error.
  private static let crashes = ["fatalError(", "try!", "as!", "exit("]

  /// Promises of later work, in any text.
  static func promises(in file: TextFile) -> [Violation] {
    file.lines.enumerated().flatMap { index, line in
      promises.filter { containsWord($0, in: line) }.map { Violation(file, line: index + 1, "says “\($0)”") }
    }
  }

  /// Ways to end the process, in the code of a room.
  static func crashes(in file: TextFile) -> [Violation] {
    file.code.enumerated().flatMap { index, line in
      crashes.filter { containsWord($0, in: line) }.map { Violation(file, line: index + 1, "uses \($0)") }
    }
  }

  private static func containsWord(_ word: String, in line: Substring) -> Bool {
    line.ranges(of: word).contains { range in
      let before = line[..<range.lowerBound].last
      let after = line[range.upperBound...].first
      let endsInWord = word.last.map { $0.isLetter } ?? false
      return !isWordPart(before) && !(endsInWord && isWordPart(after))
    }
  }

  private static func isWordPart(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." } ?? false
  }
}
