// Owns the reference of all fields, in three forms. Invariant: every form is made from the declarations that files are
// read by.

import FoundationEssentials

/// What a topology file may hold.
public enum TopologyReference {
  /// Every field, blocks before what they hold, in the order of the page.
  public static var fields: [TopologyField] {
    FreshetTopology.section.fields.flatMap { $0.describe("") }
  }

  /// Every field for a terminal: one a line, then its meaning.
  public static func text() -> String {
    fields.map { field in
      let title = ([field.path + ":", field.type] + [field.unit.map { "(\($0))" }].compactMap { $0 })
      return (title.joined(separator: " ") + state(of: field).map { "  [\(plain($0))]" }.joined()) + "\n    "
        + plain(field.description) + "\n"
    }.joined()
  }

  /// Every field as a JSON array, with the keys of `TopologyField`.
  public static func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(fields), as: UTF8.self) + "\n"
  }

  /// What to know about a field beside its meaning: whether it must be given, its default, its values.
  static func state(of field: TopologyField) -> [String] {
    [
      field.isRequired ? "required" : nil,
      field.defaultValue.map { "default \($0)" },
      field.allowed.map { "allowed \($0)" },
      field.isSecret ? "secret" : nil,
    ].compactMap { $0 }
  }

  private static func plain(_ text: String) -> String { text.replacing("`", with: "") }
}
