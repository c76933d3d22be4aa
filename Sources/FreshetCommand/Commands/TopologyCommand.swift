// Owns `freshet topology`: what a topology file may say.

import ArgumentParser
import Freshet

/// The reference of topology files.
struct TopologyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topology",
    abstract: "Learn what a topology file may say.",
    discussion: """
        freshet topology fields | less
        freshet topology fields --json | jq '.[] | select(.isRequired) | .path'
      """,
    subcommands: [Fields.self])

  /// Every field.
  struct Fields: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fields",
      abstract: "List every field with its type, unit, default, range and meaning.")

    /// The forms that the list has.
    enum Form: String, EnumerableFlag {
      case text
      case json
      case markdown

      static func help(for form: Form) -> ArgumentHelp? {
        switch form {
        case .text: "For a terminal (the default)."
        case .json: "As a JSON array."
        case .markdown: "As the page docs/topology-reference.md."
        }
      }
    }

    @Flag(help: "The list's form.")
    var form = Form.text

    func run() throws {
      switch form {
      case .text: StandardStreams.write(TopologyReference.text())
      case .json: StandardStreams.write(try TopologyReference.json())
      case .markdown: StandardStreams.write(TopologyReference.markdown())
      }
    }
  }
}
