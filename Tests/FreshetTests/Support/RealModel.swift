// Owns the way to the real embedding model. Invariant: where it is missing, the test fails and says how to get it.

import Foundation

/// The artifact that `make model` fetches.
enum RealModel {
  private static let relativePath = ".freshet/models/all-minilm-l6-v2"

  /// The model's folder: the environment's, else the one in the working folder or the nearest above it.
  static func folder() throws -> String {
    if let named = ProcessInfo.processInfo.environment["FRESHET_MODEL"] { return named }
    var level = URL(filePath: FileManager.default.currentDirectoryPath)
    while true {
      let candidate = level.appending(path: relativePath).path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
      guard level.path != "/" else { throw Missing() }
      level.deleteLastPathComponent()
    }
  }

  struct Missing: Error, CustomStringConvertible {
    var description: String { "the embedding model is not there: `make model` fetches it to \(relativePath)" }
  }
}
