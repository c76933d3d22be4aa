// Owns the rule that lines fit the screen.

enum LineRule {
  static let columnsMax = 120

  /// Lines that are too long. In Markdown, table rows and links cannot be broken and are let through, and so are pages
  /// that the command writes.
  static func violations(in file: TextFile) -> [Violation] {
    if file.isMarkdown, file.text.contains("<!-- Written by `freshet ") { return [] }
    return file.lines.enumerated().compactMap { index, line in
      guard line.count > columnsMax else { return nil }
      if file.isMarkdown, line.hasPrefix("|") || line.contains("](") { return nil }
      return Violation(file, line: index + 1, "is \(line.count) columns wide, and \(columnsMax) is the limit")
    }
  }
}
