// Owns the page `docs/topology-reference.md`.

extension TopologyReference {
  /// The page, which `freshet topology fields --markdown` prints.
  public static func markdown() -> String {
    var page = introduction
    let top = fields.filter { !$0.path.contains(".") && !$0.isBlock }
    page += "## Top level\n\n" + wrapped(FreshetTopology.section.about) + "\n" + table(top, under: "")
    for block in fields where block.isBlock {
      let prefix = block.path + (block.type == TopologyField.blocks ? "[]." : ".")
      page += "\n## `\(block.path)`\n\n\(wrapped(block.description))"
      if block.type == TopologyField.blocks {
        page += "A list of blocks (\(block.allowed ?? "any number")).\n"
      }
      let inside = fields.filter {
        $0.path.hasPrefix(prefix) && !$0.path.dropFirst(prefix.count).contains(".") && !$0.isBlock
      }
      if !inside.isEmpty { page += "\n" + table(inside, under: prefix) }
    }
    return page
  }

  private static var introduction: String {
    """
    # Topology reference

    <!-- Written by `freshet topology fields --markdown` from the declarations in Sources/Topology; a test compares
         the two. -->

    A topology is one YAML file. `freshet check FILE` tells everything that is wrong with one, with line and column,
    and starts nothing. Ready ones are in `topologies/`.

    - **References.** `${NAME}` in a value is the text of that environment variable, and an error where it is not set;
      `${NAME:-text}` is `text` where the variable is not set or empty; `$${` is `${` itself. Inside `[...]` and
      `{...}`, put a value with a reference in quotes.
    - **Secrets** are given as `${NAME}` only; in the file itself they are refused, and they never print.
    - **Paths** that are relative start at the folder in which `freshet` is started, not at the file's.
    - **Numbers** may be grouped: `1_000_000`.


    """
  }

  private static func table(_ fields: [TopologyField], under prefix: String) -> String {
    var rows = "| field | type | default | allowed | meaning |\n|---|---|---|---|---|\n"
    for field in fields {
      let cells = [
        "`\(field.path.dropFirst(prefix.count))`",
        field.type + (field.unit.map { ", \($0)" } ?? ""),
        field.isRequired ? "**required**" : field.defaultValue ?? "",
        field.allowed ?? "",
        field.description,
      ]
      rows += "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    return rows
  }

  /// A paragraph in lines of at most 120 columns.
  private static func wrapped(_ text: String) -> String {
    let columnsMax = 120
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= columnsMax {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
