// Owns the rule that whatever the compiler cannot prove safe is argued for in words.

enum SafetyRule {
  private static let signs: [(name: String, appears: @Sendable (Substring) -> Bool)] = [
    ("@unchecked Sendable", { $0.contains("@unchecked Sendable") }),
    ("nonisolated(unsafe)", { $0.contains("nonisolated(unsafe)") }),
    ("@unsafe or @safe", { $0.contains(/@(?:un)?safe\b/) }),
    ("a stored unsafe pointer", { $0.contains(/\b(?:let|var)\s+\w+\s*:\s*[^={]*Unsafe\w*Pointer/) }),
    ("an unsafe expression", { $0.contains(/\bunsafe\s/) }),
  ]

  /// What every sign has in it, for a quick look.
  private static let anySign = ["nsafe", "@safe", "@unchecked"]

  /// The first unsafe site of a file that holds no `SAFETY:` sentence.
  static func violations(in file: TextFile) -> [Violation] {
    guard !file.text.contains(/\/\/.*SAFETY: \w+/) else { return [] }
    for (index, line) in file.code.enumerated() where anySign.contains(where: line.contains) {
      if let sign = signs.first(where: { $0.appears(line) }) {
        return [Violation(file, line: index + 1, "has \(sign.name), and the file no SAFETY: sentence")]
      }
    }
    return []
  }
}
