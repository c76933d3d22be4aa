// Owns `freshet rebuild`: asking a running service for a new generation.

import ArgumentParser
import Foundation

/// Asks for a rebuild.
struct RebuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Ask a running service for a new generation of its main tier.",
    discussion: """
      Returns at once. The candidate is built in the background, and serves only after its probe; 'freshet status' \
      shows the progress. Needs a key with the role 'admin' where the service has keys.

        freshet rebuild --reason "new prices"
        freshet rebuild && freshet status --watch
      """)

  @Option(help: ArgumentHelp("Why; it stands in status and log.", valueName: "text"))
  var reason = "asked for on the command line"

  @Flag(help: "Print the service's answer as it is.")
  var json = false

  @OptionGroup var service: ServiceOptions

  private struct Body: Encodable {
    var reason: String
  }

  private struct Answer: Decodable {
    var state: String
    var rebuild: StatusPicture.Rebuild?
  }

  func run() async throws {
    let answer = try await ServiceConnection.open(service) {
      try await $0.post("/v1/admin/rebuild", Body(reason: reason))
    }
    if json { return StandardStreams.answer(String(decoding: answer, as: UTF8.self)) }
    if let underWay = try JSONDecoder().decode(Answer.self, from: answer).rebuild {
      StandardStreams.answer("generation \(underWay.generation) is being built already (\(underWay.reason))")
    } else {
      StandardStreams.answer("accepted; 'freshet status --watch' shows the progress")
    }
  }
}
