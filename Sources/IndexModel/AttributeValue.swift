// Owns the values that an item's attributes may take. Invariant: an integer is never carried through a Double.

/// One attribute of an item.
public enum AttributeValue: Hashable, Sendable {
  /// Text.
  case string(String)
  /// A whole number.
  case integer(Int64)
  /// A finite number with a fraction.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// A list of texts, for set filters.
  case strings([String])
}

/// An item's attributes by name.
public typealias Attributes = [String: AttributeValue]
