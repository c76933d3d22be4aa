// Owns `freshet status`: what a running service is and does.

import ArgumentParser
import Foundation

/// Shows the status.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show a running service: sizes, lag, rates, rebuild progress.",
    discussion: """
        freshet status
        freshet status --watch
        freshet status --json | jq .ingest.freshnessLagMilliseconds
      """)

  @Flag(help: "Go on until Ctrl-C; on a terminal it is redrawn in place.")
  var watch = false

  @Option(help: ArgumentHelp("With --watch: time between two looks.", valueName: "seconds"))
  var every = 1.0

  @Flag(help: "Print the service's answer as it is.")
  var json = false

  @OptionGroup var service: ServiceOptions

  func validate() throws {
    guard every >= 0.1 else { throw ValidationError("--every must be at least 0.1") }
    guard !(watch && json) else { throw ValidationError("give --watch or --json, not both") }
  }

  func run() async throws {
    try await ServiceConnection.open(service) { connection in
      let picture: @Sendable () async throws -> StatusPicture = {
        try JSONDecoder().decode(StatusPicture.self, from: try await connection.get("/v1/status"))
      }
      if json {
        StandardStreams.answer(String(decoding: try await connection.get("/v1/status"), as: UTF8.self))
      } else if watch {
        try await StatusWatch(
          style: StatusStyle.auto.resolved, secondsBetween: every, address: { connection.baseURL }, picture: picture
        ).run()
      } else {
        let panel = StatusPanel(
          picture: try await picture(), address: connection.baseURL,
          width: Terminal.isOutput ? Terminal.width : 200, isColourful: Terminal.isColourful)
        StandardStreams.answer(panel.lines.joined(separator: "\n"))
      }
    }
  }
}
