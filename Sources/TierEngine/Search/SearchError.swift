// Owns why a search or a look-up is refused, naming the field at fault.

import IndexModel

/// A request that cannot be answered.
public enum SearchError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A field of the request has a value outside its limits.
  case invalid(field: String, reason: String)
  /// The vector has another number of components than the index.
  case wrongDimension(given: Int, expected: Int)
  /// The vector was made by another model than the index's.
  case wrongModel(given: String, expected: ModelIdentity)
  /// A vector came without the name of its model.
  case modelMissing(expected: ModelIdentity)
  /// A text was given, but this index has no encoder.
  case noEncoder
  /// The item to be near to is not in the index.
  case unknownItem(ItemID)
  /// The encoder failed.
  case encoding(String)
  /// Too many searches wait already.
  case overloaded
  /// The index is not open, or is shutting down.
  case unavailable(String)
  /// The positions asked for were not reached in time.
  case positionTimeout(missing: SourcePositions)

  /// A short stable word for counting.
  public var code: String {
    switch self {
    case .invalid: "invalid"
    case .wrongDimension: "wrong-dimension"
    case .wrongModel: "wrong-model"
    case .modelMissing: "model-missing"
    case .noEncoder: "no-encoder"
    case .unknownItem: "unknown-item"
    case .encoding: "encoding"
    case .overloaded: "overloaded"
    case .unavailable: "unavailable"
    case .positionTimeout: "position-timeout"
    }
  }

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .invalid(let field, let reason): "\(field): \(reason)"
    case .wrongDimension(let given, let expected):
      "vector: has \(given) components, the index has \(expected); send a vector of the index's model"
    case .wrongModel(let given, let expected):
      "model: the vector was made by \(given), the index holds vectors of \(expected)"
    case .modelMissing(let expected): "model: name the model that made the vector; the index's is \(expected.name)"
    case .noEncoder: "text: this index has no encoder; send a vector"
    case .unknownItem(let id): "like: no item \(id)"
    case .encoding(let reason): "text: could not be embedded: \(reason)"
    case .overloaded: "too many searches are waiting; try again"
    case .unavailable(let reason): reason
    case .positionTimeout(let missing): "positions not reached in time: \(missing)"
    }
  }
}
