// Owns the layout of a segment file. Invariant: every byte of a file is covered by a checksum.
//
//     offset  bytes            content                            numbers are little-endian
//     0       8                magic "FRESHSEG"
//     8       4                format version
//     12      4                number of sections
//     16      8                the file's size
//     24      24 x sections    section table: kind (4), CRC-32C (4), offset (8), size (8)
//     ...                      zeros
//     4092    4                CRC-32C of the 4092 bytes before
//     4096                     the sections in the table's order, each on a page boundary, zeros between them
//
//     section           content
//     meta              JSON, see `SegmentMeta`
//     idOffsets         rows + 1 numbers of 8 bytes: where each row's id begins in `idBytes`
//     idBytes           the ids, UTF-8
//     vectors           rows of 4-byte floats, each padded with zeros to a multiple of 16
//     baseLinks, upperStarts, upperLinks, twins     the graph's tables, see `HNSWGraph`
//     vectorSequences   8 bytes a row
//
// `idOffsets` to `twins` are a function of the items, the build's parameters and the kernels' SIMD level alone; what
// depends on the order of arrival stands in `meta` and `vectorSequences`. The checksum of the whole file is kept
// outside of it, in its generation's record.

import IndexModel
import VectorIndex

/// The fixed facts of the format.
enum SegmentFormat {
  static let magic: [UInt8] = Array("FRESHSEG".utf8)
  static let version: UInt32 = 1
  static let pageByteCount = 4096
  static let tableOffset = 24
  static let tableEntryByteCount = 24
  static let headerChecksumOffset = 4092

  /// `byteCount` rounded up to whole pages.
  static func pageAligned(_ byteCount: Int) -> Int { (byteCount + pageByteCount - 1) & ~(pageByteCount - 1) }
}

/// What a section holds; the raw value is its kind in the table.
enum SegmentSection: UInt32, CaseIterable, Sendable {
  case meta = 1
  case idOffsets
  case idBytes
  case vectors
  case baseLinks
  case upperStarts
  case upperLinks
  case twins
  case vectorSequences

  var name: String { String(describing: self) }

  init(_ table: HNSWGraph.Table) {
    switch table {
    case .baseLinks: self = .baseLinks
    case .upperStarts: self = .upperStarts
    case .upperLinks: self = .upperLinks
    case .twins: self = .twins
    }
  }
}

/// One row of the section table.
struct SectionEntry: Sendable, Hashable {
  var section: SegmentSection
  var checksum: UInt32
  var offset: Int
  var byteCount: Int

  /// Where the section's padding ends and the next one begins.
  var paddedEnd: Int { SegmentFormat.pageAligned(offset + byteCount) }
}
