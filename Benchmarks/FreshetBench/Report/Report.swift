// Owns how figures are shown: Markdown tables under the machine, date, commit and command that they belong to.

import Foundation

/// One table of figures.
struct ReportTable: Sendable {
  let title: String
  /// How it was measured, in a sentence or two.
  let about: String
  let columns: [String]
  /// One cell a column.
  private(set) var rows: [[String]] = []

  init(title: String, about: String, columns: [String]) {
    self.title = title
    self.about = about
    self.columns = columns
  }

  /// Adds a row, and shows it on standard error at once: a whole run takes long.
  mutating func add(_ cells: [String]) {
    rows.append(cells)
    let pairs = zip(columns, cells).map { "\($0): \($1)" }
    FileHandle.standardError.write(Data("    \(pairs.joined(separator: ", "))\n".utf8))
  }

  var markdown: String {
    let rule = columns.indices.map { $0 == 0 ? "---" : "---:" }
    let lines = [columns, rule] + rows
    return "### \(title)\n\n\(about)\n\n"
      + lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
      + "\n"
  }
}

/// Everything that one run measured.
struct Report: Sendable {
  let environment: BenchEnvironment
  var tables: [ReportTable] = []

  var markdown: String {
    ([environment.markdown] + tables.map(\.markdown)).joined(separator: "\n")
  }
}
