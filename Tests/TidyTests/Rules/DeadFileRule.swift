// Owns the rule that every file is reached: code by a target, pages by links from README.md.

import Foundation

enum DeadFileRule {
  /// Swift files that no target compiles, but for the manifest itself.
  static func uncompiled(_ files: [TextFile], targets: Set<String>) -> [Violation] {
    files.filter { $0.isSwift && $0.path != "Package.swift" }
      .filter { file in file.target.map { !targets.contains($0) } ?? true }
      .map { Violation($0, "belongs to no target of Package.swift") }
  }

  /// Pages that cannot be reached from `start` by links.
  static func unlinked(_ pages: [TextFile], from start: String) -> [Violation] {
    let byPath = Dictionary(pages.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var reached: Set<String> = []
    var waiting = [start]
    while let path = waiting.popLast() {
      guard let page = byPath[path], reached.insert(path).inserted else { continue }
      waiting += links(in: page).map(\.target)
    }
    return pages.filter { !reached.contains($0.path) }.map { Violation($0, "is linked from no page") }
  }

  /// Links of a page to files that are not there. `paths` holds every file and folder.
  static func broken(in page: TextFile, paths: Set<String>) -> [Violation] {
    links(in: page).filter { !paths.contains($0.target) }
      .map { Violation(page, line: $0.line, "links to \($0.target), which is not there") }
  }

  private static func links(in page: TextFile) -> [(line: Int, target: String)] {
    let folder = page.path.split(separator: "/").dropLast().map(String.init)
    return page.lines.enumerated().flatMap { index, line in
      line.matches(of: /\]\(([^)\s#]+)(?:#[^)]*)?\)/).map { String($0.1) }
        .filter { !$0.contains("://") && !$0.hasPrefix("mailto:") }
        .map { (line: index + 1, target: resolve($0, from: folder)) }
    }
  }

  private static func resolve(_ link: String, from folder: [String]) -> String {
    var parts = folder
    for part in link.split(separator: "/").map(String.init) {
      switch part {
      case ".": continue
      case "..": parts = parts.dropLast()
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
