// Owns the quick check of Unicode's normalisation form C. Invariant: it says "stable" only of characters that no
// neighbour and no normalisation can change (NFC_Quick_Check=Yes and combining class 0, UAX #15 section 9).

/// Knows the common scripts whose text is in form C as it stands.
enum CompositionStability {
  /// Whether a text, in valid UTF-8, holds such characters only.
  static func isStable(_ text: Span<UInt8>) -> Bool {
    var index = 0
    while index < text.count {
      if index + 8 <= text.count, text.word(at: index) & .highBits == 0 {
        index += 8
        continue
      }
      let lead = text[index]
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      if lead >= 0xCC {
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for next in index + 1..<min(index + length, text.count) { value = value << 6 | UInt32(text[next] & 0x3F) }
        if !isStable(value) { return false }
      }
      index += length
    }
    return true
  }

  /// Whether the character at this code point is such a one.
  static func isStable(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    case ..<0x0300,  // Latin
      0x0400...0x0482,  // Cyrillic
      0x05D0...0x05EA,  // Hebrew
      0x0621...0x064A,  // Arabic
      0x1E00...0x1EFF,  // Latin, additional
      0x200B...0x2027, 0x2030...0x205E,  // punctuation
      0x20A0...0x20BF,  // currencies
      0x2500...0x27BF,  // boxes, symbols, dingbats
      0x3041...0x3096, 0x30A1...0x30FA, 0x30FC,  // Kana
      0x4E00...0x9FFF,  // Han
      0xAC00...0xD7A3,  // Hangul
      0xFE0F, 0xFF01...0xFF60,  // variation selector 16, full-width forms
      0x1F300...0x1FAFF:  // pictographs
      true
    default: false
    }
  }
}
