// Owns the way from text to YAML nodes, and the bounds on what a text may ask of the YAML library.

import Yams

extension FreshetTopology {
  /// The text's only document; `nil` where it has none. Throws `TopologyError`.
  static func document(_ text: String, file: String) throws -> Node? {
    // Nodes of aliases share memory, but comparing keys walks them: a few aliases of aliases would take for ever.
    // 16 cannot stand for more than a few hundred copies of anything.
    let aliasCountMax = 16
    guard aliasCount(text) <= aliasCountMax else {
      throw TopologyError.unreadable(
        file, "has more than \(aliasCountMax) YAML aliases (`*name`); write the values out")
    }
    do {
      return try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch let error as YamlError {
      throw TopologyError(problems: [problem(error, text: text, file: file)])
    }
  }

  /// At least as many as there are aliases: stars where a value may begin.
  private static func aliasCount(_ text: String) -> Int {
    let before = Set(" \t\r\n[]{},:-?\"'".utf8)
    let after = Set(" \t\r\n".utf8)
    var count = 0
    var previous = UInt8(ascii: "\n")
    var isAfterStar = false
    for byte in text.utf8 {
      if isAfterStar, !after.contains(byte) { count += 1 }
      isAfterStar = byte == UInt8(ascii: "*") && before.contains(previous)
      previous = byte
    }
    return count
  }

  private static func problem(_ error: YamlError, text: String, file: String) -> TopologyError.Problem {
    func problem(line: Int?, column: Int?, _ message: String) -> TopologyError.Problem {
      TopologyError.Problem(file: file, line: line, column: column, field: "", message: message)
    }
    switch error {
    case .scanner(let context, let message, let mark, _), .parser(let context, let message, let mark, _),
      .composer(let context, let message, let mark, _):
      let circumstance = context.map { " \($0.text)" } ?? ""
      return problem(line: mark.line, column: mark.column, "is not valid YAML:\(circumstance) \(message)")
    case .reader(let message, let offset, _, _):
      guard let offset else { return problem(line: nil, column: nil, "is not valid YAML: \(message)") }
      let lines = text.prefix(offset).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      return problem(
        line: max(lines.count, 1), column: (lines.last?.count ?? 0) + 1, "is not valid YAML: \(message)")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "`\($0)`" }.joined(separator: ", ")
      return problem(
        line: context.mark.line, column: context.mark.column, "the same block has \(names) more than once; keep one")
    default:
      return problem(line: nil, column: nil, "is not valid YAML")
    }
  }
}
