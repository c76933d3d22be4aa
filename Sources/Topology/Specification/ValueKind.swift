// Owns what a value may be: its type, unit and bounds for the reference, and the one function that reads it.

/// A kind of value.
struct ValueKind<Value> {
  /// The type's name in the reference.
  var type: String
  var unit: String?
  /// Bounds or choices, in words.
  var allowed: String?
  var isSecret = false
  /// Reads a value, or reports why it is none and returns `nil`.
  var read: (_ entry: Entry, _ reading: inout Reading) -> Value?
  /// A value as the reference shows it.
  var show: (Value) -> String

  /// A field of this kind.
  func field(path: String, defaultValue: String?, isRequired: Bool, _ description: String) -> TopologyField {
    TopologyField(
      path: path, type: type, unit: unit, defaultValue: defaultValue, isRequired: isRequired, allowed: allowed,
      isSecret: isSecret, description: description)
  }

  /// A kind whose value is read from one scalar's text; `parse` throws what is wrong with it.
  static func scalar(
    type: String, unit: String? = nil, allowed: String? = nil,
    parse: @escaping (Scalar) throws(Refusal) -> Value, show: @escaping (Value) -> String
  ) -> ValueKind {
    ValueKind(
      type: type, unit: unit, allowed: allowed,
      read: { entry, reading in
        guard let scalar = reading.scalar(entry, expecting: type) else { return nil }
        do throws(Refusal) {
          return try parse(scalar)
        } catch {
          reading.report("`\(entry.place.path)` \(error.reason)", at: entry.place, suggestion: error.suggestion)
          return nil
        }
      },
      show: show)
  }
}

/// Why a scalar is not the value that a field wants; completes a sentence that begins with the field's name.
struct Refusal: Error {
  var reason: String
  var suggestion: String?

  init(_ reason: String, suggestion: String? = nil) {
    self.reason = reason
    self.suggestion = suggestion
  }
}
