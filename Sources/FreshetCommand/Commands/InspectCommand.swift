// Owns `freshet inspect`: what a store holds, and whether every rule of its layout holds.

import ArgumentParser
import Foundation
import Freshet

/// Checks a store.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print and verify a store, row by row, without disturbing who runs it.",
    discussion: """
      Opens the store read-only and checks every row against the rules that its writer keeps. Broken rules are listed, \
      and the exit status is 1.

        freshet inspect .freshet/demo/store
        freshet inspect --topology topologies/demo.yaml --json
      """)

  @Argument(help: "The store's folder.", completion: .directory)
  var store: String?

  @Option(
    name: [.short, .long], help: ArgumentHelp("A topology whose store is meant.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var topology: String?

  @Flag(help: "Print the report as JSON.")
  var json = false

  func validate() throws {
    guard (store == nil) != (topology == nil) else { throw ValidationError("give a store's folder or --topology") }
  }

  func run() async throws {
    let path = try store ?? topology.map { try TopologyFile.load($0).store.path } ?? ""
    let report = try await StoreInspector.inspect(path: path)
    let sheet = StoreSheet(report: report)
    StandardStreams.answer(json ? try JSONText.pretty(sheet.document) : sheet.text)
    guard report.inspection.isValid else { throw ExitCode(CommandStatus.failed.rawValue) }
  }
}
