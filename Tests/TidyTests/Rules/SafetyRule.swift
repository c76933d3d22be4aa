// Owns the rule that a promise which the compiler cannot check is argued for in words.

enum SafetyRule {
  private static let promises: [(name: String, appears: @Sendable (Substring) -> Bool)] = [
    ("@unchecked Sendable", { $0.contains("@unchecked Sendable") }),
    ("nonisolated(unsafe)", { $0.contains("nonisolated(unsafe)") }),
    ("@safe", { $0.contains(/@safe\b/) }),
    ("a stored unsafe pointer", { $0.contains(/\b(?:let|var)\s+\w+\s*:\s*[^={]*Unsafe\w*Pointer/) }),
  ]

  /// What every promise has in it, for a quick look.
  private static let anyPromise = ["@unchecked", "nonisolated", "@safe", "Unsafe"]

  /// The first such promise of a file that holds no `SAFETY:` sentence.
  static func violations(in file: TextFile) -> [Violation] {
    guard !file.lines.contains(where: isArgument) else { return [] }
    for (index, line) in file.code.enumerated() where anyPromise.contains(where: line.contains) {
      if let promise = promises.first(where: { $0.appears(line) }) {
        return [Violation(file, line: index + 1, "has \(promise.name), and the file no SAFETY: sentence")]
      }
    }
    return []
  }

  private static func isArgument(_ line: Substring) -> Bool {
    line.contains("SAFETY") && line.contains(/\/\/.*SAFETY[^:]*: \S/)
  }
}
