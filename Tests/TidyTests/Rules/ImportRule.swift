// Owns the rule that a file imports what the table of arrows allows its target, and nothing else.

enum ImportRule {
  /// Imports of `file` that are not in `allowed`, the target itself or the toolchain.
  static func violations(in file: TextFile, allowed: Set<String>) -> [Violation] {
    file.code.enumerated().compactMap { index, line in
      guard let module = importedModule(line), !allowed.contains(module), !Arrows.platform.contains(module) else {
        return nil
      }
      return Violation(file, line: index + 1, "imports \(module), which the table of arrows does not allow here")
    }
  }

  private static func importedModule(_ line: Substring) -> String? {
    guard line.contains("import ") else { return nil }
    let statement =
      #/
      ^\s* (?:@\w+(?:\(\w+\))?\s+)*  # attributes: @testable, @_spi(Name)
      (?:\w+\s+)? import\s+           # access level
      (?:(?:struct|class|enum|protocol|func|var)\s+)? (\w+)
      /#
    return line.firstMatch(of: statement).map { String($0.1) }
  }
}
