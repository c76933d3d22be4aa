// Owns how BERT's pre-tokenisation sees a Unicode scalar. Invariant: equal, for every scalar, to the tokenizer that the
// published models were made with, whose tables are those of Unicode 8.0: later scalars have no class there.

/// What becomes of a scalar of the text.
enum ScalarClass: UInt8, Sendable {
  /// Part of a word.
  case letter
  /// Dropped: controls, formats, private use, U+0000 and U+FFFD.
  case removed
  /// Ends a word.
  case space
  /// A word of its own.
  case punctuation
  /// A word of its own: Chinese, which is written without spaces.
  case ideograph
  /// Dropped where accents are stripped, part of a word otherwise.
  case accent

  /// The class of `scalar`.
  init(_ scalar: Unicode.Scalar) {
    self = scalar.isASCII ? Self.ascii[Int(scalar.value)] : Self.beyondASCII(scalar)
  }

  /// The classes of U+0000 to U+007F.
  static let ascii: [ScalarClass] = (0..<0x80).map { (value: UInt8) in
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20: .space
    case 0..<0x20, 0x7F: .removed
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .letter
    // The signs among them too, such as $ and +, which Unicode does not call punctuation.
    default: .punctuation
    }
  }

  private static func beyondASCII(_ scalar: Unicode.Scalar) -> ScalarClass {
    if isIdeograph(scalar.value) { return .ideograph }
    switch scalar.value {
    case 0xFFFD: return .removed
    // What Unicode moved to another category after 8.0.
    case 0x166D, 0x111C9: return .punctuation
    case 0x1734, 0x1171E: return .accent
    case 0x1885, 0x1886, 0xA9BD: return .letter
    default: break
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .privateUse: return .removed
    case .format: return isOld(properties) ? .removed : .letter
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .space
    case .nonspacingMark: return isOld(properties) ? .accent : .letter
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return isOld(properties) ? .punctuation : .letter
    default: return .letter
    }
  }

  private static func isOld(_ properties: Unicode.Scalar.Properties) -> Bool {
    properties.age.map { $0.major <= 8 } ?? false
  }

  /// The blocks that BERT spaces out.
  private static func isIdeograph(_ value: UInt32) -> Bool {
    switch value {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
