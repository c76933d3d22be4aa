// Owns how a search's answer looks in a terminal. Invariant: pure.

/// Hits as rows of a table.
struct HitTable {
  var answer: SearchAnswer

  /// The whole table, without a line feed at its end.
  var text: String {
    guard !answer.hits.isEmpty else { return "no hits; " + footer }
    let rankWidth = String(answer.hits.count).count
    let idWidth = answer.hits.map { $0.id.printable.count }.max() ?? 0
    let rows = answer.hits.enumerated().map { index, hit in
      let rank = String(index + 1)
      let id = hit.id.printable
      let cells = [
        Self.pad(rank, left: rankWidth), Self.pad(Format.fixed(hit.score, digits: 4), left: 8),
        Self.pad(hit.tier, right: 5), Self.pad(id, right: idWidth), hit.eventTime ?? "-", hit.position.printable,
      ]
      let mark = hit.provisional ? "  provisional" : ""
      return cells.joined(separator: "  ") + mark + Self.attributes(hit.attributes)
    }
    return (rows + [footer]).joined(separator: "\n")
  }

  private var footer: String {
    let generation = answer.generation.map { "generation \($0)" } ?? "no generation yet"
    return "\(answer.hits.count) hits in \(Format.milliseconds(Double(answer.tookMicroseconds) / 1000)), \(generation)"
  }

  private static func attributes(_ attributes: [String: AttributeText]?) -> String {
    (attributes ?? [:]).sorted { $0.key < $1.key }.map { name, value in
      "\n      \(name.printable): \(value.description.printable)"
    }.joined()
  }

  private static func pad(_ text: String, left width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func pad(_ text: String, right width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
