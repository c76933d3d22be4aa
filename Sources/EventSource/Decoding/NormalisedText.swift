// Owns the one rule by which texts are normalised, before they are embedded, hashed and kept. Invariant: normalising a
// normalised text changes nothing.

import Foundation

/// Normalises the text of an item.
///
/// Each content field: line ends (CR LF, CR) become LF, then Unicode normalisation form C (UAX #15), then white space
/// (Unicode's `White_Space`) is cut from both ends. Fields left empty are dropped; the others are joined by the
/// separator. Inner white space, case and punctuation stay: they belong to the model.
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
    let traits = Traits(text.utf8.span)
    if !traits.hasCarriageReturn, traits.isComposed { return trim(text) }
    let unified =
      traits.hasCarriageReturn
      ? text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n") : text
    return trim(traits.isComposed ? unified : unified.precomposedStringWithCanonicalMapping)
  }

  /// What the bytes of a text tell about the work it needs; most texts need none.
  private struct Traits {
    var hasCarriageReturn = false
    /// Whether the text is known to be in form C.
    var isComposed = true

    init(_ bytes: Span<UInt8>) {
      var index = 0
      var returns: UInt64 = 0
      var highBits: UInt64 = 0
      while index + 8 <= bytes.count {
        let word = bytes.word(at: index)
        returns |= word.matches(0x0D)
        highBits |= word
        index += 8
      }
      while index < bytes.count {
        returns |= bytes[index] == 0x0D ? 1 : 0
        highBits |= UInt64(bytes[index])
        index += 1
      }
      hasCarriageReturn = returns != 0
      if highBits & .highBits != 0 { isComposed = CompositionStability.isStable(bytes) }
    }
  }

  private static func trim(_ text: String) -> String {
    let bytes = text.utf8.span
    var start = 0
    var end = bytes.count
    while start < end, isASCIIWhitespace(bytes[start]) { start += 1 }
    while start < end, isASCIIWhitespace(bytes[end - 1]) { end -= 1 }
    guard start < end else { return "" }
    // Past ASCII, white space is two or three bytes long and takes a closer look.
    if bytes[start] >= 0x80 || bytes[end - 1] >= 0x80 { return trimScalars(text) }
    if end - start == bytes.count { return text }
    let utf8 = text.utf8
    return String(text[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)])
  }

  private static func trimScalars(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...last])
  }

  private static func isASCIIWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || 0x09...0x0D ~= byte
  }
}
