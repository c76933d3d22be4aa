// Owns the way from a file to a topology: bytes, text, nodes, fields, checks. Whatever the bytes, it ends with a
// topology or a `TopologyError`.

import Foundation
import Yams

extension FreshetTopology {
  /// The longest file read, in bytes.
  public static let fileBytesMax = 262_144

  /// Reads, completes and checks the topology at `path`, which messages name as it is given. Relative paths, this one
  /// and those in the file, start at the process's working directory. Blocking; throws `TopologyError` with every
  /// problem found.
  public static func load(path: String, environment: [String: String]) throws -> FreshetTopology {
    let bytes: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      // One byte more than allowed, so that a device or a log given by mistake is not read to its end.
      bytes = try handle.read(upToCount: fileBytesMax + 1) ?? Data()
    } catch {
      throw TopologyError.unreadable(path, "cannot be read: \(reason(of: error))")
    }
    guard bytes.count <= fileBytesMax else {
      throw TopologyError.unreadable(path, "is longer than \(fileBytesMax) bytes, which no topology is")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TopologyError.unreadable(path, "is not UTF-8 text")
    }
    return try parse(text: text, file: path, environment: environment)
  }

  /// Completes and checks a topology; `file` is the name that messages carry. Throws `TopologyError` with every
  /// problem found.
  public static func parse(
    text: String, file: String, environment: [String: String]
  ) throws -> FreshetTopology {
    guard let root = try document(text, file: file) else {
      throw TopologyError.unreadable(file, "is empty; a topology needs at least name, source, embed and store")
    }
    var reading = Reading(file: file, environment: environment)
    var topology = FreshetTopology()
    reading.read(section, from: Entry(root, path: "", fallback: .start), at: .start, into: &topology)
    // Checks across fields would blame defaults for fields that could not be read.
    if reading.problems.isEmpty {
      for finding in topology.inconsistencies {
        reading.report(finding.message, at: reading.place(of: finding.field))
      }
    }
    guard reading.problems.isEmpty else {
      throw TopologyError(
        problems: reading.problems.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
    }
    return topology
  }
}

/// Why a file cannot be read, in a few words.
private func reason(of error: any Error) -> String {
  switch (error as? CocoaError)?.code {
  case .fileNoSuchFile, .fileReadNoSuchFile: "there is no such file"
  case .fileReadNoPermission: "permission is denied"
  default: (error as NSError).localizedDescription
  }
}
