// Owns how an item looks in a terminal. Invariant: pure.

/// One item, one fact a line.
struct ItemSheet {
  var item: ItemAnswer

  /// The whole sheet, without a line feed at its end.
  var text: String {
    var lines = [
      "id         \(item.id.printable)", "sequence   \(item.sequence)", "position   \(item.position.printable)",
      "time       \(item.eventTime ?? "-")",
    ]
    if let version = item.version { lines.append("version    \(version)") }
    lines.append("model      \(item.model.name.printable)\(item.provisional ? ", provisional" : "")")
    if let vector = item.vector { lines.append("vector     \(vector.map { String($0) }.joined(separator: ", "))") }
    if !item.attributes.isEmpty { lines.append("attributes") }
    lines += item.attributes.sorted { $0.key < $1.key }.map {
      "  \($0.key.printable): \($0.value.description.printable)"
    }
    return lines.joined(separator: "\n")
  }
}
