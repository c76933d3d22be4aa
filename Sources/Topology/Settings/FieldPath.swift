// Owns the way to a value inside an event. Invariant: at least one component, none of them empty.

/// A dotted path from an event's root, such as `content.title`.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
  /// The keys to follow, outermost first.
  public let components: [String]

  /// Reads a dotted path. `nil` where a component is empty.
  public init?(_ text: String) {
    let components = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard components.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.components = components
  }

  /// A path of one component.
  init(key: StaticString) {
    components = ["\(key)"]
  }

  /// The dotted form.
  public var description: String { components.joined(separator: ".") }
}
