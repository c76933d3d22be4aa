// Owns the one rule by which texts are normalised, before they are embedded, hashed and kept. Invariant: normalising a
// normalised text changes nothing.

import Foundation

/// Normalises the text of an item.
///
/// Each content field: line ends (CR LF, CR) become LF, then Unicode normalisation form C (UAX #15), then white space
/// (Unicode's `White_Space`) is cut from both ends. Fields left empty are dropped; the others are joined by the separator.
/// Inner white space, case and punctuation stay: they belong to the model.
enum NormalisedText {
  /// The normalised text of an item with these content fields.
  static func join(_ texts: [String], separator: String) -> String {
    if texts.count == 1 { return normalise(texts[0]) }
    var joined = ""
    joined.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count + separator.utf8.count })
    for text in texts {
      let normalised = normalise(text)
      if normalised.isEmpty { continue }
      if !joined.isEmpty { joined += separator }
      joined += normalised
    }
    return joined
  }

  /// One content field, normalised.
  static func normalise(_ text: String) -> String {
    isPlain(text) ? text : trim(composed(text))
  }

  /// Whether nothing needs to be done, which most texts show by their bytes alone.
  private static func isPlain(_ text: String) -> Bool {
    let utf8 = text.utf8
    guard let first = utf8.first, let last = utf8.last else { return true }
    // Past ASCII an end may be white space of two or three bytes: let the full rule look.
    guard first > 0x20, first < 0x80, last > 0x20, last < 0x80 else { return false }
    // Lead bytes from 0xCC on begin U+0300 and above, where the first characters stand that may compose.
    let span = utf8.span
    var isOdd = false
    for index in span.indices { isOdd = isOdd || span[index] == 0x0D || span[index] >= 0xCC }
    return !isOdd
  }

  private static func composed(_ text: String) -> String {
    var text = text
    if text.utf8.contains(0x0D) {
      text = text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
    }
    return text.unicodeScalars.allSatisfy(CompositionStability.isStable)
      ? text : text.precomposedStringWithCanonicalMapping
  }

  private static func trim(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...last])
  }
}
