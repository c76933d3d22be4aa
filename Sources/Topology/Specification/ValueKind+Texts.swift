// Owns texts: free ones, paths, choices, secrets and hashes.

import IndexModel

extension ValueKind where Value == String {
  /// Text that is not empty.
  static var text: ValueKind { nonEmpty(type: "text") }

  /// A file or folder.
  static var path: ValueKind { nonEmpty(type: "path") }

  private static func nonEmpty(type: String) -> ValueKind {
    .scalar(
      type: type,
      parse: { scalar throws(Refusal) in
        guard !scalar.text.isEmpty else { throw Refusal("must not be empty") }
        guard !scalar.text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
          throw Refusal("must not contain control characters")
        }
        return scalar.text
      },
      show: { "`\($0)`" })
  }

  /// A name that is safe in metric labels, group ids and file names.
  static var name: ValueKind {
    .scalar(
      type: "name", allowed: "1 to 64 of `a-z A-Z 0-9 . _ -`",
      parse: { scalar throws(Refusal) in
        let isName = scalar.text.unicodeScalars.allSatisfy {
          $0.isASCII
            && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0))
        }
        guard isName, (1...64).contains(scalar.text.count) else {
          throw Refusal("must be 1 to 64 of the characters a-z A-Z 0-9 . _ -, not \(scalar.shown)")
        }
        return scalar.text
      },
      show: { "`\($0)`" })
  }

  /// A SHA-256 in hexadecimal, read as lower case.
  static var sha256: ValueKind {
    .scalar(
      type: "SHA-256", allowed: "64 hexadecimal digits",
      parse: { scalar throws(Refusal) in
        // What stands here by mistake may be the key itself: it is not shown.
        guard scalar.text.utf8.count == 64, scalar.text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
          throw Refusal("must be a SHA-256: 64 hexadecimal digits")
        }
        return scalar.text.lowercased()
      },
      show: { "`\($0)`" })
  }

  /// One of `choices`.
  static func oneOf(_ choices: [String]) -> ValueKind {
    .scalar(
      type: "choice", allowed: choices.map { "`\($0)`" }.joined(separator: ", "),
      parse: { scalar throws(Refusal) in
        guard choices.contains(scalar.text) else {
          throw Refusal(
            "must be one of \(choices.joined(separator: ", ")), not \(scalar.shown)",
            suggestion: Suggestion.nearest(to: scalar.text, among: choices))
        }
        return scalar.text
      },
      show: { "`\($0)`" })
  }
}

extension ValueKind where Value: RawRepresentable<String> & CaseIterable {
  /// One of the type's cases, by its raw value.
  static func choice() -> ValueKind {
    let choices = ValueKind<String>.oneOf(Value.allCases.map(\.rawValue))
    return ValueKind(
      type: choices.type, allowed: choices.allowed,
      read: { entry, reading in choices.read(entry, &reading).flatMap(Value.init(rawValue:)) },
      show: { "`\($0.rawValue)`" })
  }
}

extension ValueKind where Value == Secret {
  /// Text from the environment that never prints. One in the file itself is refused.
  static var secret: ValueKind {
    var kind = ValueKind.scalar(
      type: "secret", allowed: "`${NAME}`",
      parse: { scalar throws(Refusal) in
        guard scalar.isWholeReference else {
          throw Refusal("is a secret and must not stand in the file: write `${NAME}` and set NAME in the environment")
        }
        guard !scalar.text.isEmpty else { throw Refusal("is empty: its environment variable has no text") }
        return Secret(scalar.text)
      },
      show: { "\($0)" })
    kind.isSecret = true
    return kind
  }
}

extension ValueKind where Value == FieldPath {
  /// A dotted path inside an event.
  static var fieldPath: ValueKind {
    .scalar(
      type: "field path", allowed: "keys joined by dots",
      parse: { scalar throws(Refusal) in
        guard let path = FieldPath(scalar.text) else {
          throw Refusal("must be keys joined by dots, such as `content.title`, not \(scalar.shown)")
        }
        return path
      },
      show: { "`\($0)`" })
  }
}
