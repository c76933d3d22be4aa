// Owns the making of valid Prometheus names from the free texts that libraries use.

/// Names as the text format allows them.
enum PrometheusNames {
  /// A metric's name: letters, digits, `_` and `:`, no digit first.
  static func metric(_ text: String, suffix: String = "") -> String {
    let name = valid(text, alsoAllowed: ":")
    return name.hasSuffix(suffix) ? name : name + suffix
  }

  /// Labels with valid names, in the order of their names. Of two with one name the first stays; `le` is a
  /// histogram's own, and names that begin with `__` are Prometheus' own.
  static func labels(_ dimensions: [(String, String)]) -> [SeriesKey.Label] {
    let valueCountMax = 200
    var seen: Set<String> = []
    var labels: [SeriesKey.Label] = []
    for (text, value) in dimensions {
      var name = valid(text)
      while name.hasPrefix("__") { name.removeFirst() }
      if name == "le" { name = "le_" }
      guard seen.insert(name).inserted else { continue }
      labels.append(SeriesKey.Label(name: name, value: String(value.prefix(valueCountMax))))
    }
    return labels.sorted { $0.name < $1.name }
  }

  private static func valid(_ text: String, alsoAllowed: String = "") -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": name.unicodeScalars.append(scalar)
      default: name += alsoAllowed.unicodeScalars.contains(scalar) ? String(scalar) : "_"
      }
    }
    if name.unicodeScalars.first.map({ ("0"..."9").contains($0) }) ?? true { name = "_" + name }
    return name
  }
}
