// Owns `freshet check`: every problem of a topology, before anything runs.

import ArgumentParser
import Foundation
import Freshet

/// Reads topologies and says what is wrong with them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validate topology files without starting anything.",
    discussion: """
      Every problem is one line, FILE:LINE:COLUMN: what is wrong, with a suggestion; then the exit status is 2. \
      Variables such as ${NAME} are taken from the environment, as 'run' takes them. 'freshet topology \
      fields' lists what a file may say.

        freshet check topologies/*.yaml
        freshet check --json topologies/kafka.yaml
      """)

  @Argument(help: "The files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Flag(help: "Print the problems as a JSON array.")
  var json = false

  private struct Finding: Encodable {
    var file: String
    var line: Int?
    var column: Int?
    var field: String
    var message: String
    var suggestion: String?
  }

  func run() throws {
    var problems: [TopologyError.Problem] = []
    for file in files {
      do {
        let topology = try TopologyFile.load(file)
        if !json { StandardStreams.answer("\(file): ok, pipeline '\(topology.name)'") }
      } catch let error as TopologyError {
        problems += error.problems
        if !json { StandardStreams.answer(error.description) }
      }
    }
    if json {
      let findings = problems.map { problem in
        Finding(
          file: problem.file, line: problem.line, column: problem.column, field: problem.field,
          message: problem.message, suggestion: problem.suggestion)
      }
      StandardStreams.answer(try JSONText.pretty(findings))
    }
    guard problems.isEmpty else { throw ExitCode(CommandStatus.refused.rawValue) }
  }
}
