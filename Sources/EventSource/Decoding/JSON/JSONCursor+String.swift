// Owns strings of JSON: their end, their escapes, their UTF-8. Invariant: what comes out is valid Unicode, exactly the
// text that was meant; nothing is repaired.

extension JSONCursor {
  /// Reads the string whose opening quote stands at the cursor, and steps over its closing quote.
  mutating func string() throws(JSONSyntaxError) -> String {
    guard take(UInt8(ascii: "\"")) else { throw unexpected("a string") }
    let start = index
    index = endOfPlainRun(from: start)
    if byte == UInt8(ascii: "\""), index < bytes.count {
      let text = try validated(bytes.span.extracting(start..<index))
      index += 1
      return text
    }
    return try escapedString(from: start)
  }

  /// Steps over a string of ASCII without escapes and returns the place of its text; `nil` for any other.
  @inline(__always)
  mutating func plainName() -> Range<Int>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return start..<index - 1
      }
      guard 0x20..<0x80 ~= byte, byte != UInt8(ascii: "\\") else { return nil }
      index += 1
    }
    return nil
  }

  /// Goes on with a string whose first escape stands at the cursor.
  private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(index - start + 256)
    var runStart = start
    while true {
      text.append(contentsOf: bytes[runStart..<index])
      guard index < bytes.count else { throw error(.notJSON, "the text ends inside a string") }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        let valid = try validated(text.span)
        index += 1
        return valid
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &text)
      default:
        throw error(.notJSON, "a control character stands unescaped in a string; write it as an escape")
      }
      runStart = index
      index = endOfPlainRun(from: index)
    }
  }

  private func validated(_ text: Span<UInt8>) throws(JSONSyntaxError) -> String {
    do {
      return String(copying: try UTF8Span(validating: text))
    } catch {
      throw self.error(.invalidUTF8, "the string that ends here is not UTF-8")
    }
  }

  /// Reads the escape after a backslash.
  @inline(__always)
  private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
    let letter = byte
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"): try unicodeEscape(into: &text)
    default:
      index -= 1
      throw unexpected("one of \"\\/bfnrtu after a backslash")
    }
  }

  /// Reads four hexadecimal digits, and a second escape where they are the first half of a surrogate pair.
  private mutating func unicodeEscape(into text: inout [UInt8]) throws(JSONSyntaxError) {
    var code = try fourHexDigits()
    if 0xD800...0xDBFF ~= code {
      guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
        throw error(.invalidUTF8, "an escape names the first half of a surrogate pair alone")
      }
      let low = try fourHexDigits()
      guard 0xDC00...0xDFFF ~= low else {
        throw error(.invalidUTF8, "the first half of a surrogate pair is not followed by the second")
      }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw error(.invalidUTF8, "an escape names the second half of a surrogate pair alone")
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw unexpected("a hexadecimal digit") }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }

  /// The first byte at or after `start` that is a quote, a backslash or a control character; the end where none is.
  @inline(__always)
  private func endOfPlainRun(from start: Int) -> Int {
    let span = bytes.span
    var at = start
    while at + 8 <= span.count {
      let word = span.word(at: at)
      let controls = (word &- .ones &* 0x20) & ~word & .highBits
      let found = word.matches(UInt8(ascii: "\"")) | word.matches(UInt8(ascii: "\\")) | controls
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return at }
      at += 1
    }
    return at
  }
}
