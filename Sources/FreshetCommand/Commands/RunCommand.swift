// Owns `freshet run`: a pipeline as a process, with its status in the terminal.

import ArgumentParser
import Freshet

/// Runs a pipeline until it is told to stop.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Follow the source, keep the index, and answer searches over HTTP.",
    discussion: """
      Runs until SIGTERM or Ctrl-C; then it stops reading, answers the requests that are running, commits what is \
      embedded, and exits 0. Started again, it goes on where its store stands; nothing is lost or applied twice.

      On a terminal the status is redrawn in place; elsewhere it is one line every ten seconds on standard output. \
      Log lines go to standard error; where that is the same terminal, warnings and errors alone.

        freshet run --topology topologies/demo.yaml
        freshet run --topology topologies/kafka.yaml --status none 2>>freshet.log
      """)

  @OptionGroup var topology: TopologyOption

  @Option(help: "How the status is shown: live on a terminal, as lines, or not at all.")
  var status = StatusStyle.auto

  @Option(help: ArgumentHelp("Time between two of them; 1 when live, else 10.", valueName: "seconds"))
  var every: Double?

  func validate() throws {
    guard (every ?? 1) >= 0.1 else { throw ValidationError("--every must be at least 0.1") }
  }

  func run() async throws {
    var topology = try topology.load()
    let style = status.resolved
    if style == .live, Terminal.isError, [.trace, .debug, .info, .notice].contains(topology.log.level) {
      topology.log.level = .warning
    }
    let freshet = try await Freshet.open(topology)
    let watch = StatusWatch(
      style: style, secondsBetween: every ?? (style == .live ? 1 : 10),
      address: { await freshet.listeningAddress?.description },
      picture: { StatusPicture(try await freshet.status()) })
    // The picture is a view: where it cannot be drawn, the pipeline goes on, and says itself what is wrong.
    let watching = Task { try? await watch.run() }
    defer { watching.cancel() }
    try await freshet.runUntilSignalled()
  }
}
