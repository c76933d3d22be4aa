// Owns the quick check of Unicode's normalisation form C. Invariant: it says "stable" only of characters that no
// neighbour and no normalisation can change (NFC_Quick_Check=Yes and combining class 0, UAX #15 section 9).

/// Knows the common scripts whose text is in form C as it stands.
enum CompositionStability {
  /// Whether a text of such characters only is in form C.
  static func isStable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
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
