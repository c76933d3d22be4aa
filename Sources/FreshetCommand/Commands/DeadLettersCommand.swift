// Owns `freshet dead-letters`: the records that could not be applied.

import ArgumentParser
import Foundation
import Freshet

/// Records that were parked.
struct DeadLettersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead-letters",
    abstract: "See the records that could not be applied.",
    discussion: """
      A record that cannot be understood or embedded is parked with its position and the reason, and the stream goes on.

        freshet dead-letters list
        freshet dead-letters list --store .freshet/demo/store --json | jq -r '.deadLetters[].reason'
      """,
    subcommands: [List.self])

  /// Lists them.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List parked records, oldest first.",
      discussion: """
        Asks a running service, or reads a store's folder with --store. Needs a key with the role 'admin' where the \
        service has keys.
        """)

    @Option(help: ArgumentHelp("The most records.", valueName: "count"))
    var limit = 100

    @Option(
      help: ArgumentHelp("Read this store's folder, read-only, instead of asking a service.", valueName: "folder"),
      completion: .directory)
    var store: String?

    @Flag(help: "Print them as JSON, keys and values included.")
    var json = false

    @OptionGroup var service: ServiceOptions

    func validate() throws {
      guard (1...1000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000") }
      guard store == nil || (service.url == nil && service.topology == nil) else {
        throw ValidationError("give --store, or where the service is, not both")
      }
    }

    func run() async throws {
      let answer = try await answer()
      if json { return StandardStreams.answer(String(decoding: answer, as: UTF8.self)) }
      let letters = try JSONDecoder().decode(DeadLetterList.self, from: answer).deadLetters
      StandardStreams.answer(letters.isEmpty ? "none" : letters.map(\.text).joined(separator: "\n"))
    }

    /// The same document, whoever gives it.
    private func answer() async throws -> Data {
      if let store {
        let letters = try await StoreInspector.deadLetters(path: store, limit: limit)
        return Data(try JSONText.pretty(DeadLetterList(letters)).utf8)
      }
      return try await ServiceConnection.open(service) { try await $0.get("/v1/dead-letters?limit=\(limit)") }
    }
  }
}
