// Owns `freshet topology`: what a topology file may say, and what a pipeline reports.

import ArgumentParser
import Freshet

/// The references.
struct TopologyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topology",
    abstract: "Learn what a topology file may say, and what a pipeline reports.",
    discussion: """
        freshet topology fields | less
        freshet topology fields --json | jq '.[] | select(.isRequired) | .path'
        freshet topology metrics
      """,
    subcommands: [Fields.self, Metrics.self])

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

  /// Every metric and log event.
  struct Metrics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "metrics",
      abstract: "List every metric and log event, as the page docs/metrics.md.")

    @Flag(help: "As Markdown; the only form, so this may be left out.")
    var markdown = false

    func run() throws {
      StandardStreams.write(MetricsReference.markdown())
    }
  }
}
