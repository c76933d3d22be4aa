// Owns a JSON document of a model artifact. Invariant: strings are bytes and are compared as bytes, because Swift holds
// different spellings of one character for equal, and a vocabulary does not.

/// A parsed JSON value.
enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case decimal(Double)
  case string([UInt8])
  case array([JSONValue])
  case object([(key: [UInt8], value: JSONValue)])

  /// The member `key` of an object; `nil` where there is none or it is null.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    let name = Array(key.utf8)
    guard let value = members.first(where: { $0.key == name })?.value else { return nil }
    if case .null = value { return nil }
    return value
  }

  /// The value as an integer.
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The value as a truth value.
  var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  /// The value as text.
  var string: String? { if case .string(let value) = self { String(decoding: value, as: UTF8.self) } else { nil } }
  /// The value as elements.
  var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  /// The value as members, in the document's order.
  var members: [(key: [UInt8], value: JSONValue)]? { if case .object(let value) = self { value } else { nil } }
  /// The value as a number.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .decimal(let value): value
    default: nil
    }
  }
}
