// Owns one text file as the rules see it: a path and lines. Invariant: rules read this alone, never the disk, so
// that a test can plant a violation.

import Foundation

/// A text file of the repository.
struct TextFile {
  /// Relative to the repository's root, with `/`.
  let path: String
  let text: String
  let lines: [Substring]
  /// `lines` without what they say; empty for a file that is not Swift.
  let code: [Substring]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = Self.lines(of: text)
    code = path.hasSuffix(".swift") ? Self.lines(of: CodeText.withoutCommentsAndStrings(text)) : []
  }

  var name: String { String(path.split(separator: "/").last ?? "") }
  var isSwift: Bool { path.hasSuffix(".swift") }
  var isC: Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }
  var isMarkdown: Bool { path.hasSuffix(".md") }

  /// The target that compiles the file: the folder below the first one.
  var target: String? {
    let parts = path.split(separator: "/")
    guard parts.count > 2, ["Sources", "Tests", "Examples", "Benchmarks"].contains(parts[0]) else { return nil }
    return String(parts[1])
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}

/// One broken rule, as the reader of a failing test wants to see it.
struct Violation: CustomStringConvertible, Equatable {
  let path: String
  /// From 1; nil where the whole file is meant.
  let line: Int?
  let what: String

  init(_ file: TextFile, line: Int? = nil, _ what: String) {
    path = file.path
    self.line = line
    self.what = what
  }

  var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(what)" }
}
