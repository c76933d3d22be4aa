// Owns the writing of one log line. Invariant: an event is one line, whatever its texts hold, so that nothing from
// outside can forge another.

import IndexModel
import Logging

/// What a line tells.
struct LogLine {
  var time: EventTime
  var level: Logger.Level
  var label: String
  var message: String
  /// Redacted fields.
  var fields: Logger.Metadata

  /// The line without its end.
  func formatted(as format: LogFormat) -> String {
    switch format {
    case .text: text
    case .json: json
    }
  }

  private var instant: String { time.rfc3339 ?? "\(time.millisecondsSince1970) ms" }

  private var text: String {
    let name = level.rawValue.uppercased()
    let padding = String(repeating: " ", count: max(0, 8 - name.count))
    var line = "\(instant) \(name)\(padding) \(label): \(Self.oneLine(message))"
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      line += " \(Self.oneLine(key))=\(Self.plain(value))"
    }
    return line
  }

  private var json: String {
    let parts = [
      ("time", Self.quoted(instant)), ("level", Self.quoted(level.rawValue)), ("label", Self.quoted(label)),
      ("message", Self.quoted(message)), ("fields", Self.json(.dictionary(fields))),
    ]
    return "{" + parts.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  /// A value in a text line: bare where it is one word, else in quotes.
  private static func plain(_ value: Logger.MetadataValue) -> String {
    let text = "\(value)"
    let isWord = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
    return isWord ? text : quoted(text)
  }

  private static func json(_ value: Logger.MetadataValue) -> String {
    switch value {
    case .dictionary(let fields):
      let members = fields.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(json($0.value))" }
      return "{\(members.joined(separator: ","))}"
    case .array(let values): return "[\(values.map(json).joined(separator: ","))]"
    default: return quoted("\(value)")
    }
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    "\"" + escaped(text, quotes: true) + "\""
  }

  private static func oneLine(_ text: String) -> String { escaped(text, quotes: false) }

  /// Control characters, line ends and bidirectional marks as escapes.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"" where quotes: escaped += "\\\""
      case "\\" where quotes: escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        let digits = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
