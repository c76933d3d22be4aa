// Owns `${NAME}` in values. Invariant: a resolved value is never read for references again, so what the environment
// holds cannot refer to anything.

/// A text whose references to the environment are resolved.
///
/// `${NAME}` is the variable's text and an error where it is not set; `${NAME:-text}` is `text` where the variable is
/// not set or empty; `$${` is the two characters `${`.
struct EnvironmentReferences {
  /// The text with every reference replaced.
  private(set) var text = ""
  /// Whether there was any reference.
  private(set) var hasReference = false
  /// Whether the text was one reference without a default, and nothing else.
  private(set) var isWholeReference = false

  init(resolving written: String, environment: [String: String]) throws(Refusal) {
    var rest = Substring(written)
    while let dollar = rest.firstIndex(of: "$") {
      let tail = rest[dollar...]
      if tail.hasPrefix("$${") {
        text += rest[..<dollar] + "${"
        rest = tail.dropFirst(3)
      } else if tail.hasPrefix("${") {
        guard let end = tail.firstIndex(of: "}") else {
          throw Refusal("has `${` without `}`; write `$${` where `${` itself is meant")
        }
        let reference = tail[tail.index(dollar, offsetBy: 2)..<end]
        text += rest[..<dollar]
        text += try Self.value(of: reference, environment: environment)
        hasReference = true
        rest = tail[tail.index(after: end)...]
        isWholeReference = dollar == written.startIndex && rest.isEmpty && !reference.contains(":")
      } else {
        text += rest[...dollar]
        rest = tail.dropFirst()
      }
    }
    text += rest
  }

  private static func value(
    of reference: Substring, environment: [String: String]
  ) throws(Refusal) -> String {
    let name: Substring
    let fallback: Substring?
    if let separator = reference.firstRange(of: ":-") {
      name = reference[..<separator.lowerBound]
      fallback = reference[separator.upperBound...]
    } else {
      (name, fallback) = (reference, nil)
    }
    let isName =
      name.first.map { $0 == "_" || ($0.isASCII && $0.isLetter) } ?? false
      && name.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
    guard isName else {
      throw Refusal("refers to \(quoted(String(name))), which is no name of an environment variable")
    }
    let value = environment[String(name)]
    if let fallback { return value.flatMap { $0.isEmpty ? nil : $0 } ?? String(fallback) }
    guard let value else {
      throw Refusal("needs the environment variable \(name), which is not set")
    }
    return value
  }
}
