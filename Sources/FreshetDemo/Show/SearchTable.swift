// Owns how a search and its hits look on the terminal: each hit with where it came from.

import Foundation

/// One search with its answer.
struct SearchTable: CustomStringConvertible {
  let query: String
  let answer: SearchAnswer
  /// The titles of the catalogue's items, by id.
  let titles: [String: String]

  var description: String {
    let milliseconds = decimals(Double(answer.tookMicroseconds) / 1000, 2)
    let generation = answer.generation.map { "generation \($0)" } ?? "no generation yet"
    let head = "\n  \"\(query)\"   \(milliseconds) ms, \(generation)"
    return ([head] + answer.hits.map(line)).joined(separator: "\n")
  }

  private func line(_ hit: SearchAnswer.Hit) -> String {
    let cells = [
      padded(decimals(Double(hit.score), 3), 6), padded(hit.tier, 5), padded(hit.id, 26), padded("#\(hit.sequence)", 8),
      padded(hit.position, 22), hit.eventTime, titles[hit.id] ?? "",
    ]
    return "    " + cells.joined(separator: "  ")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func decimals(_ value: Double, _ count: Int) -> String {
    String(format: "%.\(count)f", value)
  }
}
