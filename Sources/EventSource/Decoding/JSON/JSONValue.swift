// Owns the tree of a JSON text. Invariant: no object in it names a member twice.

/// A JSON value; numbers refer to the text they were read from.
enum JSONValue: Equatable {
  case null
  case boolean(Bool)
  case number(DecimalNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// What kind of value this is, for messages.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// The members of an object, in the order of the text.
struct JSONObject: Equatable {
  /// One named value.
  struct Member: Equatable {
    var name: String
    var value: JSONValue
  }

  private(set) var members: [Member] = []
  private var names: Set<String> = []

  /// Adds a member; returns `false`, and adds nothing, where the name is there already.
  mutating func add(_ name: String, _ value: JSONValue) -> Bool {
    guard names.insert(name).inserted else { return false }
    members.append(Member(name: name, value: value))
    return true
  }

  /// The member with this name; `nil` where there is none or it is `null`.
  subscript(name: String) -> JSONValue? {
    guard names.contains(name), let member = members.first(where: { $0.name == name }) else { return nil }
    return member.value == .null ? nil : member.value
  }
}
