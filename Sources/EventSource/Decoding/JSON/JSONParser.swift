// Owns the full JSON parser: bytes to a tree. Invariant: it accepts RFC 8259 with unique member names and nothing else,
// and its depth of recursion is bounded.

/// Parses whole JSON texts.
struct JSONParser {
  /// The deepest nesting accepted.
  static let depthMax = 64

  private var cursor: JSONCursor
  private var depth: Int

  /// The value that `bytes` hold, with nothing but white space around it.
  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(cursor: JSONCursor(bytes), depth: 0)
    let value = try parser.value()
    parser.cursor.skipWhitespace()
    guard parser.cursor.index == bytes.count else { throw parser.cursor.unexpected("the end of the text") }
    return value
  }

  /// Reads one value at `cursor`, inside `depth` objects and arrays, and steps over it.
  static func value(at cursor: inout JSONCursor, depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(cursor: cursor, depth: depth)
    let value = try parser.value()
    cursor.index = parser.cursor.index
    return value
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    cursor.skipWhitespace()
    switch cursor.byte {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONSyntaxError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONSyntaxError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try cursor.string())
    case UInt8(ascii: "t"):
      try cursor.takeLiteral("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try cursor.takeLiteral("false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try cursor.takeLiteral("null")
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try cursor.number())
    default:
      throw cursor.unexpected("a value")
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONSyntaxError) -> JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    guard depth < Self.depthMax else {
      throw cursor.error(.tooDeep, "objects and arrays are nested deeper than \(Self.depthMax)")
    }
    depth += 1
    cursor.index += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONValue {
    var object = JSONObject()
    cursor.skipWhitespace()
    if cursor.take(UInt8(ascii: "}")) { return .object(object) }
    while true {
      cursor.skipWhitespace()
      guard cursor.byte == UInt8(ascii: "\"") else { throw cursor.unexpected("a member's name in quotes") }
      let name = try cursor.string()
      cursor.skipWhitespace()
      guard cursor.take(UInt8(ascii: ":")) else { throw cursor.unexpected("':'") }
      let value = try value()
      guard object.add(name, value) else {
        throw cursor.error(.duplicateKey, "the member '\(name)' stands twice in one object")
      }
      cursor.skipWhitespace()
      if cursor.take(UInt8(ascii: "}")) { return .object(object) }
      guard cursor.take(UInt8(ascii: ",")) else { throw cursor.unexpected("',' or '}'") }
    }
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONValue {
    var elements: [JSONValue] = []
    cursor.skipWhitespace()
    if cursor.take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value())
      cursor.skipWhitespace()
      if cursor.take(UInt8(ascii: "]")) { return .array(elements) }
      guard cursor.take(UInt8(ascii: ",")) else { throw cursor.unexpected("',' or ']'") }
    }
  }
}
