// Owns `freshet get`: one item of a running service.

import ArgumentParser
import Foundation

/// Looks an item up.
struct GetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Look up one item of a running service.",
    discussion: """
      Shows the item as searches see it: its attributes, and which event made it what it is. Exit status 3 where there \
      is no such item.

        freshet get graphviz
        freshet get graphviz --vector --json
      """)

  @Argument(help: "The item's id.")
  var id: String

  @Flag(help: "Have its vector, too.")
  var vector = false

  @Flag(help: "Print the service's answer as it is.")
  var json = false

  @OptionGroup var service: ServiceOptions

  func validate() throws {
    guard !id.isEmpty else { throw ValidationError("the id must not be empty") }
  }

  func run() async throws {
    let target = "/v1/items/\(ServiceConnection.segment(id))" + (vector ? "?vector=true" : "")
    let answer = try await ServiceConnection.open(service) { try await $0.get(target) }
    if json { return StandardStreams.answer(String(decoding: answer, as: UTF8.self)) }
    StandardStreams.answer(ItemSheet(item: try JSONDecoder().decode(ItemAnswer.self, from: answer)).text)
  }
}
