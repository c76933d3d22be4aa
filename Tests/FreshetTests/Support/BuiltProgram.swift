// Owns where the built programs are. Invariant: they come from the build that the tests themselves come from.

import Foundation

/// Programs that are built beside the tests.
enum BuiltProgram {
  static let freshet = path("freshet")
  static let searchInProcess = path("SearchInProcess")

  /// The folder of the running test program holds every product of the same build.
  private static func path(_ name: String) -> String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: tests).deletingLastPathComponent().appending(path: name).path
  }
}
