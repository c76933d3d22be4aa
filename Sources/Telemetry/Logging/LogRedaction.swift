// Owns which log fields are not shown. Invariant: a field whose name says that it is a secret is never written,
// whatever it holds and however deep it stands.

import Logging

enum LogRedaction {
  /// What stands in the place of a secret.
  static let placeholder = "<redacted>"

  private static let words = [
    "password", "passwd", "secret", "token", "authorization", "apikey", "cookie", "credential", "privatekey",
  ]

  /// The value of the field `key`, without what must not be seen.
  static func redacted(_ value: Logger.MetadataValue, key: String) -> Logger.MetadataValue {
    // `api-key`, `api_key` and `apiKey` are one word.
    let letters = key.lowercased().filter(\.isLetter)
    guard !words.contains(where: letters.contains) else { return .string(placeholder) }
    switch value {
    case .dictionary(let fields):
      return .dictionary(Dictionary(uniqueKeysWithValues: fields.map { ($0, redacted($1, key: $0)) }))
    case .array(let values): return .array(values.map { redacted($0, key: key) })
    default: return value
    }
  }
}
