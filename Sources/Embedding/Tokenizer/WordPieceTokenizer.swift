// Owns the way from a text to a model's token ids. Invariant: ids are those of the reference implementation, for every
// text; work stops once the ids are full, however long the text.

import Foundation

/// BERT's tokenizer (Devlin et al., 2019; the greedy longest-match of Wu et al., "Google's Neural Machine Translation
/// System", 2016). Immutable: any thread.
public struct WordPieceTokenizer: Sendable {
  /// The most ids that `encode` returns, the first and the last one included.
  public let tokenCountMax: Int
  /// The smallest number above all ids.
  let idEnd: Int32

  private let vocabulary: Vocabulary
  private let settings: TokenizerSettings
  private let specials: [(bytes: [UInt8], id: Int32)]
  // Whether a special token starts with the byte.
  private let specialStarts: [Bool]
  private let continuation: Vocabulary.Node?
  private let unknown: Int32
  private let first: Int32
  private let last: Int32

  /// Makes a tokenizer of a vocabulary. Throws `malformed` where `[UNK]`, `[CLS]` or `[SEP]` is missing.
  init(
    vocabulary: Vocabulary, idEnd: Int32, settings: TokenizerSettings, tokenCountMax: Int, file: String
  ) throws(ModelArtifactError) {
    func required(_ token: String) throws(ModelArtifactError) -> Int32 {
      guard let id = vocabulary.id(of: token) else {
        throw ModelArtifactError(
          code: .malformed, file: file, part: "token \(token)", message: "the vocabulary does not hold it")
      }
      return id
    }
    self.vocabulary = vocabulary
    self.settings = settings
    self.tokenCountMax = tokenCountMax
    self.idEnd = idEnd
    unknown = try required("[UNK]")
    first = try required("[CLS]")
    last = try required("[SEP]")
    // The longest first, so that a token wins over its own prefix.
    let specials = settings.specialTokens.compactMap { name in vocabulary.id(of: name).map { (Array(name.utf8), $0) } }
    self.specials = specials.sorted { $0.0.count > $1.0.count }
    specialStarts = (0..<256).map { byte in specials.contains { $0.0.first.map(Int.init) == byte } }
    continuation = vocabulary.node(of: "##")
  }

  /// The ids of `text` between `[CLS]` and `[SEP]`, at most `tokenCountMax` in all; what is over is cut off.
  public func encode(_ text: String) -> [Int32] {
    var ids: [Int32] = [first]
    var word = Word()
    let bytes = text.utf8.span
    var index = 0
    while index < bytes.count, ids.count < tokenCountMax {
      let byte = bytes[index]
      if specialStarts[Int(byte)], let special = special(in: bytes, at: index) {
        finish(&word, into: &ids)
        ids.append(special.id)
        index += special.bytes.count
      } else if byte < 0x80 {
        switch ScalarClass.ascii[Int(byte)] {
        case .letter, .accent, .ideograph:
          word.append(settings.lowercases && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        case .removed: break
        case .space: finish(&word, into: &ids)
        case .punctuation:
          finish(&word, into: &ids)
          word.append(byte)
          finish(&word, into: &ids)
        }
        index += 1
      } else {
        index = encodeBeyondASCII(bytes, from: index, word: &word, into: &ids)
      }
    }
    finish(&word, into: &ids)
    ids.removeLast(max(0, ids.count - (tokenCountMax - 1)))
    ids.append(last)
    return ids
  }

  private func special(in bytes: Span<UInt8>, at index: Int) -> (bytes: [UInt8], id: Int32)? {
    specials.first { special in
      special.bytes.count <= bytes.count - index
        && special.bytes.indices.allSatisfy { special.bytes[$0] == bytes[index + $0] }
    }
  }

  /// Takes the scalars beyond ASCII that stand at `start` in a row; returns where they end.
  private func encodeBeyondASCII(
    _ bytes: Span<UInt8>, from start: Int, word: inout Word, into ids: inout [Int32]
  ) -> Int {
    // Letters wait, because a decomposition may reorder the marks behind them.
    var letters = String.UnicodeScalarView()
    var index = start
    while index < bytes.count, bytes[index] >= 0x80, ids.count < tokenCountMax {
      let (scalar, length) = Self.scalar(in: bytes, at: index)
      index += length
      switch ScalarClass(scalar) {
      case .removed: break
      case .ideograph where settings.splitsIdeographs:
        take(&letters, into: &word, &ids)
        finish(&word, into: &ids)
        letters.append(scalar)
        take(&letters, into: &word, &ids)
        finish(&word, into: &ids)
      case .space:
        take(&letters, into: &word, &ids)
        finish(&word, into: &ids)
      case .letter, .accent, .punctuation, .ideograph: letters.append(scalar)
      }
    }
    take(&letters, into: &word, &ids)
    return index
  }

  /// Moves the waiting letters into the word: decomposed, without accents, lower-cased, and split at punctuation, which
  /// a decomposition may bring forth.
  private func take(_ letters: inout String.UnicodeScalarView, into word: inout Word, _ ids: inout [Int32]) {
    guard !letters.isEmpty else { return }
    if settings.stripsAccents { letters = String(letters).decomposedStringWithCanonicalMapping.unicodeScalars }
    for letter in letters {
      if settings.stripsAccents, ScalarClass(letter) == .accent { continue }
      if settings.lowercases, letter.properties.changesWhenLowercased {
        for lower in letter.properties.lowercaseMapping.unicodeScalars { take(lower, into: &word, &ids) }
      } else {
        take(letter, into: &word, &ids)
      }
    }
    letters.removeAll(keepingCapacity: true)
  }

  private func take(_ scalar: Unicode.Scalar, into word: inout Word, _ ids: inout [Int32]) {
    switch ScalarClass(scalar) {
    case .space: finish(&word, into: &ids)
    case .punctuation:
      finish(&word, into: &ids)
      word.append(scalar)
      finish(&word, into: &ids)
    default: word.append(scalar)
    }
  }

  /// Splits the word into the longest tokens from its start on; one unknown token where that fails.
  private func finish(_ word: inout Word, into ids: inout [Int32]) {
    guard !word.bytes.isEmpty else { return }
    defer { word.removeAll() }
    guard word.characterCount <= settings.wordCharactersMax else {
      ids.append(unknown)
      return
    }
    let before = ids.count
    var node: Vocabulary.Node? = Vocabulary.root
    var start = 0
    while start < word.bytes.count {
      guard let prefix = node, let token = vocabulary.longestToken(in: word.bytes, at: start, behind: prefix) else {
        ids.removeLast(ids.count - before)
        ids.append(unknown)
        return
      }
      ids.append(token.id)
      start = token.end
      node = continuation
    }
  }

  /// The scalar that starts at `index` of valid UTF-8.
  private static func scalar(in bytes: Span<UInt8>, at index: Int) -> (Unicode.Scalar, length: Int) {
    let lead = UInt32(bytes[index])
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = lead & (0x7F >> UInt32(length))
    for i in 1..<length { value = value << 6 | UInt32(bytes[index + i] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }
}

/// The word being read.
private struct Word {
  var bytes: [UInt8] = []
  var characterCount = 0

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    characterCount += 1
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    characterCount += 1
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    characterCount = 0
  }
}
