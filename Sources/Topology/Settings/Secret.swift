// Owns text that must never be shown. Invariant: no printing, dumping, reflecting or interpolating of a `Secret`
// gives its text away; only `reveal()` does.

/// A password or key from the environment.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  /// Wraps `text`.
  public init(_ text: String) {
    self.text = text
  }

  /// The text itself: pass it on to whom it is for, and nowhere else.
  public func reveal() -> String { text }

  /// `<secret>`.
  public var description: String { "<secret>" }

  /// `<secret>`.
  public var debugDescription: String { description }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
