// Owns a parsed JSON text. Invariant: a whole number that fits is never carried through a Double, and an object's names
// are distinct.

/// Any JSON value.
enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  /// A number written without fraction and exponent that fits 64 bits.
  case integer(Int64)
  /// Any other number; infinite where the text is beyond a Double.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the text.
  case object([JSONMember])

  /// What the value is, for messages.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// One name and its value.
struct JSONMember: Equatable, Sendable {
  let name: String
  let value: JSONValue
}

/// Where a text stops being JSON.
struct JSONSyntaxError: Error, Equatable {
  /// The byte at which it was noticed, from 0.
  let offset: Int
  let reason: String
}
