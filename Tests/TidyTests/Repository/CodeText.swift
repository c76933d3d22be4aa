// Owns the difference between what Swift code does and what it says. Invariant: the text keeps its line numbers.

/// Swift or C source text without comments and string literals.
enum CodeText {
  private static let newline = UInt8(ascii: "\n")
  private static let slash = UInt8(ascii: "/")
  private static let quote = UInt8(ascii: "\"")
  private static let pound = UInt8(ascii: "#")
  private static let backslash = UInt8(ascii: "\\")

  private enum Mode {
    case code
    case lineComment
    case blockComment(depth: Int)
    case string(hashes: Int, quotes: Int)
  }

  /// Blanks comments and the insides of string literals, interpolations included; newlines stay.
  static func withoutCommentsAndStrings(_ text: String) -> String {
    let input = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var mode = Mode.code
    var index = 0

    func has(_ token: String, at start: Int) -> Bool { input[start...].starts(with: token.utf8) }

    while index < input.count {
      let byte = input[index]
      if byte == newline { output.append(byte) }
      switch mode {
      case .code:
        if byte != slash, byte != quote, byte != pound {
          if byte != newline { output.append(byte) }
        } else if has("//", at: index) {
          mode = .lineComment
          index += 1
        } else if has("/*", at: index) {
          mode = .blockComment(depth: 1)
          index += 1
        } else if let opening = openingQuotes(input, at: index) {
          mode = .string(hashes: opening.hashes, quotes: opening.quotes)
          index += opening.hashes + opening.quotes - 1
        } else {
          output.append(byte)
        }
      case .lineComment:
        if byte == newline { mode = .code }
      case .blockComment(let depth):
        if has("*/", at: index) {
          mode = depth == 1 ? .code : .blockComment(depth: depth - 1)
          index += 1
        } else if has("/*", at: index) {
          mode = .blockComment(depth: depth + 1)
          index += 1
        }
      case .string(let hashes, let quotes):
        guard byte == backslash || byte == quote else { break }
        let pounds = String(repeating: "#", count: hashes)
        if has("\\" + pounds, at: index) {
          index += hashes + 1
        } else if has(String(repeating: "\"", count: quotes) + pounds, at: index) {
          mode = .code
          index += hashes + quotes - 1
        }
      }
      index += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A string literal's opening at `start`: `"`, `"""` and both behind any number of `#`.
  private static func openingQuotes(_ input: [UInt8], at start: Int) -> (hashes: Int, quotes: Int)? {
    let hashes = input[start...].prefix { $0 == pound }.count
    let quotes = input[(start + hashes)...].prefix { $0 == quote }.count
    guard quotes > 0 else { return nil }
    return (hashes, quotes >= 3 ? 3 : 1)
  }
}
