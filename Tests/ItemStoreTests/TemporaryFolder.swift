// Owns a folder for the length of one test. Invariant: nothing of it stays.

import Foundation

/// A folder of its own, removed with this object.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/freshet-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A folder inside, which does not exist yet.
  var store: String { path + "/store" }
}
