// Owns the answer to a subcommand that does not exist: what was probably meant.

import ArgumentParser
import Freshet

/// A word in a command's place that names no command.
struct UnknownCommand: Equatable, CustomStringConvertible {
  let word: String
  /// The command before it: `freshet`, or `freshet topology`.
  let parent: String
  let known: [String]

  /// Finds such a word; `nil` where there is none, or where an option or a command's own argument comes first.
  static func found(
    in arguments: ArraySlice<String>, of command: any ParsableCommand.Type, after path: String = ""
  ) -> UnknownCommand? {
    let path = path.isEmpty ? name(of: command) : "\(path) \(name(of: command))"
    let subcommands = command.configuration.subcommands
    guard let word = arguments.first, !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
    if let next = subcommands.first(where: { name(of: $0) == word }) {
      return found(in: arguments.dropFirst(), of: next, after: path)
    }
    return UnknownCommand(word: word, parent: path, known: subcommands.map(name))
  }

  var description: String {
    let advice =
      Suggestion.nearest(to: word, among: known).map { "did you mean '\($0)'?" }
      ?? "known are \(known.joined(separator: ", "))"
    return "'\(parent)' has no command '\(word)'; \(advice)"
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)"
  }
}
