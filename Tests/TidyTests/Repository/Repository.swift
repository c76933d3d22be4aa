// Owns the view of the checked-out repository that the tidy tests judge.
// Invariant: what is built or fetched (.build*, .freshet) is not part of it.

import Foundation

/// The repository that this file was compiled from.
struct Repository {
  /// Every text file, by path.
  let files: [TextFile]
  /// The size in bytes of every file, text or not.
  let sizes: [String: Int]

  /// Reads the whole checkout once for all tests.
  static let checkedOut = Result { try Repository(root: root) }

  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private init(root: URL) throws {
    var files: [TextFile] = []
    var sizes: [String: Int] = [:]
    for path in try Self.paths(in: root, below: "") {
      let data = try Data(contentsOf: root.appending(path: path))
      sizes[path] = data.count
      if let text = String(bytes: data, encoding: .utf8) {
        files.append(TextFile(path: path, text: text))
      }
    }
    self.files = files
    self.sizes = sizes
  }

  private static func paths(in root: URL, below folder: String) throws -> [String] {
    let keys: Set<URLResourceKey> = [.isDirectoryKey, .isRegularFileKey]
    return try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
      .filter { $0 != ".git" && $0 != ".freshet" && !$0.hasPrefix(".build") }
      .flatMap { name in
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        let values = try root.appending(path: path).resourceValues(forKeys: keys)
        if values.isDirectory == true { return try paths(in: root, below: path) }
        return values.isRegularFile == true ? [path] : []
      }
  }

  /// The file at `path`.
  func file(_ path: String) throws -> TextFile {
    guard let file = files.first(where: { $0.path == path }) else { throw NotThere(path: path) }
    return file
  }

  /// A file that every checkout has is missing.
  struct NotThere: Error {
    let path: String
  }
}
