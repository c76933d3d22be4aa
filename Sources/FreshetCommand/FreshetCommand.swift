// Owns the command `freshet`: its subcommands, and how a failure ends the process.

import ArgumentParser
import Foundation

/// The root command.
@main
struct FreshetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freshet",
    abstract: "Keep a vector search index true to a changing catalogue.",
    discussion: """
      Freshet follows item changes from Kafka or a file, embeds them, and makes them searchable within milliseconds.

      Start a pipeline and watch it:
        freshet check topologies/demo.yaml
        freshet run --topology topologies/demo.yaml

      Ask it, from another terminal:
        freshet search "draw diagrams from text"
        freshet search --like graphviz -k 5 --json
        freshet get graphviz
        freshet status --watch

      Change something:
        echo '{"id": "my-tool", "content": {"title": "paint with fractals"}}' |
          freshet produce --topology topologies/demo.yaml

      A running service is found at --url, or where --topology says that it listens, or at \
      \(ServiceOptions.defaultURL). Its API key, where it wants one, comes from the environment: FRESHET_API_KEY.

      \(CommandStatus.explanation)

      Completions: freshet --generate-completion-script bash|zsh|fish; 'make completions' installs them.
      """,
    subcommands: [
      RunCommand.self, CheckCommand.self, SearchCommand.self, GetCommand.self, ProduceCommand.self,
      RebuildCommand.self, StatusCommand.self, InspectCommand.self, DeadLettersCommand.self, TopologyCommand.self,
    ])

  /// Parses the arguments, runs the command they name, and ends the process with its status.
  static func main() async {
    if let slip = UnknownCommand.found(in: CommandLine.arguments.dropFirst(), of: Self.self) {
      end(CommandFailure(.usage, slip.description))
    }
    do {
      var command = try parseAsRoot()
      do {
        if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
      } catch {
        if let failure = CommandFailure(error) { end(failure) }
        throw error
      }
    } catch {
      // ArgumentParser's own errors, a wish for help among them: it prints them and knows their status.
      Self.exit(withError: error)
    }
  }

  private static func end(_ failure: CommandFailure) -> Never {
    StandardStreams.complain(failure.message)
    Self.exit(withError: ExitCode(failure.status.rawValue))
  }
}
