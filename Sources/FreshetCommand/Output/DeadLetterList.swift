// Owns parked records as the command reads and writes them. Invariant: the members are those of `GET /v1/dead-letters`,
// whether the records come from a service or from a store's folder.

import Foundation
import Freshet

/// The document.
struct DeadLetterList: Codable, Equatable {
  /// One record; bytes that are not UTF-8 stand in base64.
  struct Letter: Codable, Equatable {
    var position: String
    var eventTime: String?
    var code: String
    var reason: String
    var key: String?
    var keyBase64: String?
    var value: String?
    var valueBase64: String?

    /// One line for a terminal.
    var text: String {
      let key = key ?? keyBase64.map { "base64 \($0)" } ?? "-"
      return "\(position.printable)  \(eventTime ?? "-")  \(code.printable)  key \(key.printable)  \(reason.printable)"
    }
  }

  var deadLetters: [Letter]
}

extension DeadLetterList {
  init(_ letters: [DeadLetter]) {
    deadLetters = letters.map { letter in
      let key = Self.text(letter.key)
      let value = Self.text(letter.value)
      return Letter(
        position: letter.position.description,
        eventTime: letter.time.rfc3339, code: letter.code,
        reason: letter.reason, key: key.plain, keyBase64: key.base64, value: value.plain, valueBase64: value.base64)
    }
  }

  private static func text(_ bytes: [UInt8]?) -> (plain: String?, base64: String?) {
    guard let bytes else { return (nil, nil) }
    if let text = String(validating: bytes, as: UTF8.self) { return (text, nil) }
    return (nil, Data(bytes).base64EncodedString())
  }
}
