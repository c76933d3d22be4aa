// Owns the lexical level of JSON (RFC 8259): white space, punctuation, literals. Invariant: every read is
// bounds-checked, and after an error the cursor's place means nothing.

/// A place in the bytes of a JSON text; both decoding paths read through it.
struct JSONCursor {
  let bytes: [UInt8]
  var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The byte at the cursor, or 0 past the end (0 stands nowhere in JSON's grammar).
  var byte: UInt8 {
    @inline(__always) get { index < bytes.count ? bytes[index] : 0 }
  }

  /// Moves to the next byte that is no white space.
  @inline(__always)
  mutating func skipWhitespace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): index += 1
      default: return
      }
    }
  }

  /// Steps over `expected` if it stands at the cursor; returns whether it did.
  @inline(__always)
  mutating func take(_ expected: UInt8) -> Bool {
    guard byte == expected, index < bytes.count else { return false }
    index += 1
    return true
  }

  /// Steps over the letters of `true`, `false` or `null`.
  mutating func takeLiteral(_ literal: String) throws(JSONSyntaxError) {
    let letters = literal.utf8
    guard index + letters.count <= bytes.count, letters.elementsEqual(bytes[index..<index + letters.count]) else {
      throw unexpected(literal)
    }
    index += letters.count
  }

  /// The error for the byte at the cursor where `wanted` should stand.
  func unexpected(_ wanted: String) -> JSONSyntaxError {
    guard index < bytes.count else { return error(.notJSON, "the text ends where \(wanted) is expected") }
    switch byte {
    case UInt8(ascii: "N"), UInt8(ascii: "I"):
      return error(.notFinite, "NaN and Infinity are no JSON numbers")
    case 0x21...0x7E:
      return error(.notJSON, "'\(Unicode.Scalar(byte))' stands where \(wanted) is expected")
    default:
      return error(.notJSON, "byte 0x\(String(byte, radix: 16)) stands where \(wanted) is expected")
    }
  }

  /// An error at the cursor.
  func error(_ fault: DecodingFault, _ message: String) -> JSONSyntaxError {
    JSONSyntaxError(fault: fault, offset: index, message: message)
  }
}
