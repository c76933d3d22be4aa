// Owns `freshet inspect`: what a store or a segment file holds, and whether every rule of its layout holds.

import ArgumentParser
import Foundation
import Freshet

/// Checks a store or a segment file.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print and verify a store or a segment file, without disturbing who runs it.",
    discussion: """
      A store's folder is opened read-only, and every row is checked against the rules that its writer keeps. A \
      segment file is read whole: checksums, ranges, and that every row can be reached. Where a rule is \
      broken, it is told, and the exit status is 1.

        freshet inspect .freshet/demo/store
        freshet inspect .freshet/demo/store/segments/*.segment
        freshet inspect --topology topologies/demo.yaml --json
      """)

  @Argument(help: "A store's folder, or a segment file.", completion: .file())
  var paths: [String] = []

  @Option(
    name: [.short, .long], help: ArgumentHelp("A topology whose store is meant.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var topology: String?

  @Flag(help: "Print each report as a JSON object.")
  var json = false

  func validate() throws {
    guard paths.isEmpty != (topology == nil) else {
      throw ValidationError("give a store's folder, a segment file, or --topology")
    }
  }

  func run() async throws {
    let named = try topology.map { [try TopologyFile.load($0).store.path] } ?? paths
    var isSound = true
    for path in named {
      let isSegment = Self.isFile(path)
      isSound = try await (isSegment ? inspectSegment(path) : inspectStore(path)) && isSound
    }
    guard isSound else { throw ExitCode(CommandStatus.failed.rawValue) }
  }

  private func inspectStore(_ path: String) async throws -> Bool {
    let report = try await StoreInspector.inspect(path: path)
    let sheet = StoreSheet(report: report)
    StandardStreams.answer(json ? try JSONText.pretty(sheet.document) : sheet.text)
    return report.inspection.isValid
  }

  /// A damaged segment throws, because what it holds cannot be told.
  private func inspectSegment(_ path: String) async throws -> Bool {
    let inspection = try await SegmentInspector.inspect(path: path)
    StandardStreams.answer(json ? try JSONText.pretty(inspection) : inspection.description)
    return true
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    // SAFETY: Foundation writes the one `ObjCBool` that the pointer names, and keeps it no longer than the call.
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && !isFolder.boolValue
  }
}
