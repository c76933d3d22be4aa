// Owns a folder of segment files. Invariant: a file has its final name only when it is complete and synced.

import TierEngine

/// Segment files in one folder, created at the first write. Any thread; one write of a number at a time.
public struct SegmentFolder: SegmentFilesPort {
  private let path: String
  private let failpoint: FailpointHandler

  private static let suffix = ".segment"
  private static let buildingSuffix = ".segment.building"

  /// Uses the folder at `path`, whose parent exists. `failpoint` is called in the middle of each write.
  public init(path: String, failpoint: @escaping FailpointHandler) {
    self.path = path
    self.failpoint = failpoint
  }

  /// Writes a segment as `generation-<number>.segment`, flushing every few MiB. Blocks for as long as the disk takes.
  public func write(_ contents: SegmentContents, number: UInt64) throws -> SegmentFile {
    precondition(
      contents.ids.count == contents.vectors.rowCount && contents.vectorSequences.count == contents.vectors.rowCount
        && contents.graph.rowCount == contents.vectors.rowCount, "a segment's parts have the same rows")
    try createFolder(path)
    let name = "generation-\(number)\(Self.suffix)"
    let temporary = path + "/generation-\(number)\(Self.buildingSuffix)"
    let final = path + "/" + name
    do {
      let (byteCount, checksum) = try SegmentWriter.write(contents, to: temporary) { failpoint(.midSegmentWrite) }
      try renameFile(temporary, to: final)
      try syncFolderOrRemove(final)
      return SegmentFile(name: name, byteCount: byteCount, checksum: checksum)
    } catch {
      // What cannot be removed now is removed by `removeOthers` at the next start.
      try? removeFile(temporary)
      throw error
    }
  }

  /// Maps a segment, reads every byte of it once, and checks every checksum and every range.
  public func open(_ file: SegmentFile) throws -> Segment {
    try SegmentReader(path: try path(of: file), name: file.name, record: file).segment()
  }

  /// Removes a segment's file.
  public func remove(_ file: SegmentFile) throws {
    try removeFile(try path(of: file))
    try syncFolder(path)
  }

  /// Removes every segment file, finished or not, that is not in `kept`. Files with other endings are not ours and
  /// stay.
  public func removeOthers(than kept: [SegmentFile]) throws -> [String] {
    let keptNames = Set(kept.map(\.name))
    let others = try fileNames(in: path).filter { name in
      (name.hasSuffix(Self.suffix) || name.hasSuffix(Self.buildingSuffix)) && !keptNames.contains(name)
    }.sorted()
    for name in others { try removeFile(path + "/" + name) }
    if !others.isEmpty { try syncFolder(path) }
    return others
  }

  /// Makes the new name durable; a file whose name may not last is not kept.
  private func syncFolderOrRemove(_ file: String) throws {
    do {
      try syncFolder(path)
    } catch {
      try? removeFile(file)
      throw error
    }
  }

  private func path(of file: SegmentFile) throws -> String {
    guard !file.name.isEmpty, !file.name.contains("/"), !file.name.utf8.contains(0) else {
      throw SegmentFileError(code: .missing, message: "\"\(file.name)\" is no name of a segment file")
    }
    return path + "/" + file.name
  }
}
