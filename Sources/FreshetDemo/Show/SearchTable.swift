// Owns how a search and its hits look on the terminal: each hit with where it came from, a hit a line.

import Foundation

/// One search with its answer.
struct SearchTable: CustomStringConvertible {
  private static let idWidth = 24
  private static let titleWidth = 34

  let query: String
  let answer: SearchAnswer
  /// The titles of the catalogue's items, by id.
  let titles: [String: String]

  var description: String {
    let took = String(format: "%.2f ms", Double(answer.tookMicroseconds) / 1000)
    let generation = answer.generation.map { "generation \($0)" } ?? "no generation yet"
    return (["", "  \"\(query)\"   \(took), \(generation)", Self.header] + answer.hits.map(line)).joined(
      separator: "\n")
  }

  private static let header =
    "    score   tier   "
    + [fitted("id", idWidth), fitted("title", titleWidth), fitted("sequence", 9), fitted("source position", 21)]
    .joined(separator: "  ") + "  event time (UTC)"

  private func line(_ hit: SearchAnswer.Hit) -> String {
    let cells = [
      Self.fitted(String(format: "%.3f", hit.score), 6), Self.fitted(hit.tier, 5), Self.fitted(hit.id, Self.idWidth),
      Self.fitted(titles[hit.id] ?? "", Self.titleWidth), Self.fitted("#\(hit.sequence)", 9),
      Self.fitted(hit.position, 21), timeOfDay(hit.eventTime),
    ]
    return "    " + cells.joined(separator: "  ")
  }

  /// `text` filled or cut to `width` columns.
  private static func fitted(_ text: String, _ width: Int) -> String {
    guard text.count <= width else { return text.prefix(width - 1) + "…" }
    return text + String(repeating: " ", count: width - text.count)
  }

  /// The time in an RFC 3339 instant.
  private func timeOfDay(_ instant: String) -> String {
    String(instant.drop { $0 != "T" }.dropFirst().prefix { $0 != "Z" })
  }
}
