// Owns the writing of a segment's bytes. Invariant: the header, which makes the file readable, is written last.

import Foundation
import IndexModel
import TierEngine
import VectorIndex

// SAFETY: the spans viewed as bytes below are of integers, which have no padding.
struct SegmentWriter: ~Copyable {
  private var file: OutputFile
  private var entries: [SectionEntry] = []
  /// The checksum of all that follows the header.
  private var bodyChecksum: UInt32 = 0
  /// Called with the size reached.
  private let progress: (Int) -> Void

  /// Writes `contents` to a new file at `path` and syncs it. Calls `halfway` once, with a half of the bytes written.
  /// Returns the file's size and checksum.
  static func write(
    _ contents: SegmentContents, to path: String, halfway: @escaping () -> Void
  ) throws -> (byteCount: Int, checksum: UInt32) {
    let halfByteCount = (SegmentFormat.pageByteCount + estimatedByteCount(of: contents)) / 2
    var isHalfway = false
    var writer = SegmentWriter(file: try OutputFile(creating: path)) { byteCount in
      guard !isHalfway, byteCount >= halfByteCount else { return }
      isHalfway = true
      halfway()
    }
    try writer.appendSections(of: contents)
    return try writer.finish()
  }

  private init(file: consuming OutputFile, progress: @escaping (Int) -> Void) {
    self.file = file
    self.progress = progress
  }

  private mutating func appendSections(of contents: SegmentContents) throws {
    let headerSpace = [UInt8](repeating: 0, count: SegmentFormat.pageByteCount)
    _ = try unsafe file.append(headerSpace.span.bytes, progress: progress)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try append(.meta, [UInt8](encoder.encode(SegmentMeta(contents))))
    var idOffsets: [UInt64] = [0]
    var idBytes: [UInt8] = []
    for id in contents.ids {
      idBytes.append(contentsOf: id.rawValue.utf8)
      idOffsets.append(UInt64(idBytes.count).littleEndian)
    }
    try unsafe append(.idOffsets, idOffsets.span.bytes)
    try unsafe append(.idBytes, idBytes.span.bytes)
    try contents.vectors.withBytes { try append(.vectors, $0) }
    for table in HNSWGraph.Table.allCases {
      try contents.graph.withBytes(of: table) { try append(SegmentSection(table), $0) }
    }
    try unsafe append(.vectorSequences, contents.vectorSequences.span.bytes)
  }

  private mutating func append(_ section: SegmentSection, _ bytes: [UInt8]) throws {
    try unsafe append(section, bytes.span.bytes)
  }

  private mutating func append(_ section: SegmentSection, _ bytes: RawSpan) throws {
    let offset = file.byteCount
    let checksum = try file.append(bytes, progress: progress)
    entries.append(
      SectionEntry(section: section, checksum: checksum, offset: offset, byteCount: bytes.byteCount))
    bodyChecksum = ChecksumJoin.join(bodyChecksum, checksum, byteCount: bytes.byteCount)
    let padding = [UInt8](repeating: 0, count: SegmentFormat.pageAligned(file.byteCount) - file.byteCount)
    let paddingChecksum = try unsafe file.append(padding.span.bytes, progress: progress)
    bodyChecksum = ChecksumJoin.join(bodyChecksum, paddingChecksum, byteCount: padding.count)
  }

  private consuming func finish() throws -> (byteCount: Int, checksum: UInt32) {
    let header = SegmentHeader(byteCount: file.byteCount, entries: entries).encoded()
    try unsafe file.overwriteStart(with: header.span.bytes)
    try file.sync()
    let checksum = unsafe ChecksumJoin.join(
      CRC32C.checksum(ofBytes: header.span.bytes), bodyChecksum, byteCount: file.byteCount - header.count)
    return (file.byteCount, checksum)
  }

  /// About the size of the file: its vectors, which are most of it.
  private static func estimatedByteCount(of contents: SegmentContents) -> Int {
    contents.vectors.withBytes { $0.byteCount }
  }
}
