// Owns the strict reading of a request's JSON object. Invariant: a field that is unknown, of another type or out of its
// limits is an error that names it; `null` is a value of the wrong type, not an absent field.

import IndexModel

/// The members of a request's body, by name.
struct RequestFields {
  private let values: [String: JSONValue]

  /// Takes the object's members; throws where the text is no object or has a name that is not `known`.
  init(_ bytes: [UInt8], known: [String]) throws(Problem) {
    let value: JSONValue
    do { value = try JSONParser.parse(bytes) } catch { throw Problem.notJSON(error) }
    guard case .object(let members) = value else {
      throw Problem.notJSON(JSONSyntaxError(offset: 0, reason: "expected an object, found \(value.kind)"))
    }
    for member in members where !known.contains(member.name) {
      throw Problem.unknownField(
        member.name, suggestion: Suggestion.nearest(to: member.name, among: known), known: known)
    }
    values = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  func has(_ name: String) -> Bool { values[name] != nil }

  /// A text that is not empty.
  func string(_ name: String) throws(Problem) -> String? {
    guard let value = values[name] else { return nil }
    guard case .string(let text) = value else { throw mismatch(name, "a string", value) }
    guard !text.isEmpty else { throw Problem.invalid(field: name, "must not be empty") }
    return text
  }

  /// A whole number within `range`; `5.0` is one too, because some writers of JSON have no integers.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let value = values[name] else { return nil }
    let number: Int
    switch value {
    case .integer(let integer): number = Int(integer)
    case .number(let real):
      guard let integer = Int(exactly: real) else { throw mismatch(name, "a whole number", value) }
      number = integer
    default: throw mismatch(name, "a whole number", value)
    }
    guard range.contains(number) else {
      throw Problem.invalid(field: name, "is \(number); must be \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// One of the texts of `Choice`.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(Problem) -> Choice? where Choice.RawValue == String {
    guard let text = try string(name) else { return nil }
    return try choice(text, of: type, field: name)
  }

  /// Texts of `Choice`, each at most once.
  func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ name: String, of type: Choice.Type
  ) throws(Problem) -> Set<Choice> where Choice.RawValue == String {
    guard let value = values[name] else { return [] }
    guard case .array(let elements) = value else { throw mismatch(name, "an array of strings", value) }
    var chosen: Set<Choice> = []
    for (index, element) in elements.enumerated() {
      let field = "\(name)[\(index)]"
      guard case .string(let text) = element else { throw mismatch(field, "a string", element) }
      guard chosen.insert(try choice(text, of: type, field: field)).inserted else {
        throw Problem.invalid(field: field, "'\(text)' is there twice")
      }
    }
    return chosen
  }

  /// Numbers that are finite as 32-bit floats, at least one.
  func vector(_ name: String) throws(Problem) -> [Float]? {
    guard let value = values[name] else { return nil }
    guard case .array(let elements) = value else { throw mismatch(name, "an array of numbers", value) }
    guard !elements.isEmpty else { throw Problem.invalid(field: name, "must not be empty") }
    var vector: [Float] = []
    vector.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      let component: Float
      switch element {
      case .integer(let integer): component = Float(integer)
      case .number(let real): component = Float(real)
      default: throw mismatch("\(name)[\(index)]", "a number", element)
      }
      guard component.isFinite else {
        throw Problem.invalid(field: "\(name)[\(index)]", "is beyond the range of a 32-bit float")
      }
      vector.append(component)
    }
    return vector
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String, of type: Choice.Type, field: String
  ) throws(Problem) -> Choice where Choice.RawValue == String {
    if let choice = Choice(rawValue: text) { return choice }
    let known = type.allCases.map(\.rawValue)
    let advice = Suggestion.nearest(to: text, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw Problem.invalid(field: field, "'\(text)' is none of \(known.joined(separator: ", "))\(advice)")
  }

  private func mismatch(_ field: String, _ wanted: String, _ found: JSONValue) -> Problem {
    Problem.invalid(field: field, "must be \(wanted), not \(found.kind)")
  }
}
