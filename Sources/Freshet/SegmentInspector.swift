// Owns looking into a segment file without serving it.

import SegmentFiles

/// The facts about a segment file that was verified whole.
public typealias SegmentInspection = SegmentFiles.SegmentInspection

/// Reads segment files.
public enum SegmentInspector {
  /// Verifies the file at `path`: checksums, ranges, and that every row can be reached. Throws `SegmentFileError`.
  public static func inspect(path: String) async throws -> SegmentInspection {
    try await BlockingWork.run { try SegmentInspection(path: path) }
  }
}
