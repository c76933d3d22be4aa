// Owns where something stands in a topology file.

import Yams

/// A field's path, and the line and column at which it stands, from 1.
struct Place: Hashable {
  var path: String
  var line: Int
  var column: Int

  /// The first character of the file.
  static let start = Place(path: "", line: 1, column: 1)

  /// A field below this one that the file does not give: it is missed where its owner stands.
  func child(_ key: String) -> Place {
    Place(path: joined(path, key), line: line, column: column)
  }
}

/// A value in the file and its place.
struct Entry {
  let node: Node
  let place: Place

  /// `fallback` is the place of the key, for a value without a mark of its own.
  init(_ node: Node, path: String, fallback: Place) {
    self.node = node
    place = Place(
      path: path, line: node.mark?.line ?? fallback.line, column: node.mark?.column ?? fallback.column)
  }
}

/// A scalar with its environment references resolved.
struct Scalar {
  /// The value.
  let text: String
  /// The value as the file has it.
  let written: String
  /// Whether the value comes, at least in part, from the environment.
  let hasReference: Bool
  /// Whether the value is one reference without a default, and nothing else.
  let isWholeReference: Bool
  /// Whether it stands in quotes or in a block.
  let isQuoted: Bool

  /// The value for a message. What came from the environment is not shown: it may be a secret at the wrong place.
  var shown: String {
    hasReference ? "what \(quoted(written)) resolves to" : quoted(text)
  }

  /// The text of a number or a boolean. One in quotes is text, unless it comes from the environment.
  func plain(expecting expected: String) throws(Refusal) -> String {
    if isQuoted, !hasReference { throw Refusal("must be \(expected), not text in quotes; remove the quotes") }
    return text
  }
}

/// Text from outside, for a message: in quotes, short, on one line.
func quoted(_ text: String) -> String {
  let lengthMax = 60
  var shown = ""
  for scalar in text.unicodeScalars.prefix(lengthMax) {
    let isPrintable = scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
    shown += isPrintable ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
  }
  return "\"\(shown)\(text.unicodeScalars.count > lengthMax ? "…" : "")\""
}
