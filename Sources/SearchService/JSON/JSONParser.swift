// Owns the reading of JSON text, RFC 8259 to the letter. Invariant: any bytes give a value or an error; nesting, and so
// the stack, is bounded; duplicate names and invalid UTF-8 are errors.

/// A recursive-descent parser over one text.
struct JSONParser {
  /// The deepest nesting accepted. Requests need two levels.
  static let depthMax = 32

  private let bytes: [UInt8]
  private var index = 0

  /// The value that `bytes` holds, with nothing but white space around it.
  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.index == bytes.count else { throw parser.failure("expected the end of the text") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func failure(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(offset: index, reason: reason) }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ byte: Character) -> Bool {
    guard let current, current == byte.asciiValue else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= Self.depthMax else { throw failure("nested more than \(Self.depthMax) deep") }
    guard let current else { throw failure("expected a value, found the end of the text") }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("expected a value")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    guard bytes[index...].starts(with: word.utf8) else { throw failure("expected '\(word)'") }
    index += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    index += 1
    var members: [JSONMember] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("expected a member's name in quotes") }
      let name = try string()
      guard names.insert(name).inserted else { throw failure("the name '\(name)' is there twice") }
      skipSpace()
      guard take(":") else { throw failure("expected ':' after the name '\(name)'") }
      skipSpace()
      members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw failure("expected ',' or '}'") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    index += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array([]) }
    repeat {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw failure("expected ',' or ']'") }
    return .array(elements)
  }
}

extension JSONParser {
  /// A string, with `index` at its opening quote.
  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = index
    index += 1
    let first = index
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
    var text = Array(bytes[first..<index])
    while !take("\"") {
      guard let byte = current else { throw failure("a string is not closed") }
      guard byte >= 0x20 else { throw failure("a control character in a string must be escaped") }
      index += 1
      if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
    }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw JSONSyntaxError(offset: start, reason: "a string is not valid UTF-8")
    }
    return string
  }

  /// What stands after a backslash.
  private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
    guard let byte = current else { throw failure("a string is not closed") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
    default:
      index -= 1
      throw failure("no such escape in a string")
    }
  }

  /// The scalar of `\uXXXX`, or of a surrogate pair of them.
  private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
    guard UTF16.isLeadSurrogate(unit), take("\\"), take("u") else { throw failure("a lone surrogate in a string") }
    let trail = try codeUnit()
    guard UTF16.isTrailSurrogate(trail) else { throw failure("a lone surrogate in a string") }
    let value = 0x1_0000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
    guard let scalar = Unicode.Scalar(value) else { throw failure("a lone surrogate in a string") }
    return scalar
  }

  private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("expected four hexadecimal digits after '\\u'")
      }
      unit = unit << 4 | UInt16(digit)
      index += 1
    }
    return unit
  }
}

extension JSONParser {
  /// Powers of ten that a Double holds exactly.
  private static let exactPowersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// A number, with `index` at its first character.
  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = index
    let isNegative = take("-")
    var digits: UInt64 = 0
    var isExact = true
    let whole = try takeDigits(into: &digits, &isExact)
    if whole > 1, bytes[index - whole] == UInt8(ascii: "0") { throw failure("a number has a leading zero") }
    var fraction = 0
    var isWhole = true
    if take(".") {
      isWhole = false
      fraction = try takeDigits(into: &digits, &isExact)
    }
    var exponent = 0
    if take("e") || take("E") {
      isWhole = false
      let isNegativeExponent = take("-")
      if !isNegativeExponent { _ = take("+") }
      var power: UInt64 = 0
      var isPowerExact = true
      _ = try takeDigits(into: &power, &isPowerExact)
      let bounded = isPowerExact ? Int(min(power, 100_000)) : 100_000
      exponent = isNegativeExponent ? -bounded : bounded
    }
    if isWhole, isExact, digits <= UInt64(Int64.max) {
      return .integer(isNegative ? -Int64(digits) : Int64(digits))
    }
    // Clinger's fast path: both operands are exact, so the one rounding is the right one.
    let power = exponent - fraction
    if isExact, digits < 1 << 53, abs(power) < Self.exactPowersOfTen.count {
      let scale = Self.exactPowersOfTen[abs(power)]
      let magnitude = power < 0 ? Double(digits) / scale : Double(digits) * scale
      return .number(isNegative ? -magnitude : magnitude)
    }
    guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw failure("a number cannot be read")
    }
    return .number(value)
  }

  /// Takes one or more digits, adding them to `value`; `isExact` falls where they do not fit. Returns how many.
  private mutating func takeDigits(
    into value: inout UInt64, _ isExact: inout Bool
  ) throws(JSONSyntaxError) -> Int {
    let start = index
    while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
      isExact = isExact && !overflow && !carry
      value = sum
      index += 1
    }
    guard index > start else { throw failure("expected a digit") }
    return index - start
  }
}
