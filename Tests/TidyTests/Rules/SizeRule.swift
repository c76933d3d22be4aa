// Owns the rule that the repository stays quick to clone.

enum SizeRule {
  static let bytesMax = 1 << 20

  /// Files past the limit.
  static func violations(in sizes: [String: Int]) -> [Violation] {
    sizes.filter { $0.value > bytesMax }.sorted { $0.key < $1.key }
      .map { Violation(TextFile(path: $0.key, text: ""), "is \($0.value) bytes, and \(bytesMax) is the limit") }
  }
}
