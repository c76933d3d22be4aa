// Owns the rule that a source file opens by saying what it owns.

enum OpeningCommentRule {
  /// A sentence of fewer words says nothing that the file's name does not.
  private static let wordsMin = 3

  /// The file, where its first lines are no `//` sentence.
  static func violations(in file: TextFile) -> [Violation] {
    let opening = file.lines.drop { $0.hasPrefix("// swift-tools-version") }
      .prefix { $0.hasPrefix("//") && !$0.hasPrefix("///") }
      .map { $0.drop { $0 == "/" } }
      .joined(separator: " ")
    guard opening.split(separator: " ").count >= wordsMin, opening.contains(".") else {
      return [Violation(file, line: 1, "does not open with a comment that says what it owns")]
    }
    return []
  }
}
