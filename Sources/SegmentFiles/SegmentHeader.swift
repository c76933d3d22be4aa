// Owns the first page of a segment file. Invariant: a header that decodes has the sections of this version, in order,
// on page boundaries, within the file.

import IndexModel
import TierEngine

struct SegmentHeader: Sendable {
  var byteCount: Int
  var entries: [SectionEntry]

  /// The header page.
  func encoded() -> [UInt8] {
    var page = SegmentFormat.magic
    page.append(littleEndian: SegmentFormat.version)
    page.append(littleEndian: UInt32(entries.count))
    page.append(littleEndian: UInt64(byteCount))
    for entry in entries {
      page.append(littleEndian: entry.section.rawValue)
      page.append(littleEndian: entry.checksum)
      page.append(littleEndian: UInt64(entry.offset))
      page.append(littleEndian: UInt64(entry.byteCount))
    }
    page.append(contentsOf: repeatElement(0, count: SegmentFormat.headerChecksumOffset - page.count))
    // SAFETY: bytes have no padding.
    page.append(littleEndian: unsafe CRC32C.checksum(ofBytes: page.span.bytes))
    return page
  }

  /// Reads the header of a file that has at least one page. Throws `SegmentFileError`, naming `file`.
  init(decoding file: RawSpan, name: String) throws {
    let magicMatches = SegmentFormat.magic.indices.allSatisfy { byte in
      file.littleEndian(at: byte, as: UInt8.self) == SegmentFormat.magic[byte]
    }
    guard magicMatches else {
      throw SegmentFileError(
        code: .wrongFormat, message: "\(name) is no segment file: its first bytes are not FRESHSEG")
    }
    let version = file.littleEndian(at: 8, as: UInt32.self)
    guard version == SegmentFormat.version else {
      throw SegmentFileError(
        code: .wrongFormat,
        message: "\(name) has format version \(version), and this program reads \(SegmentFormat.version): rebuild it")
    }
    let checksum = file.littleEndian(at: SegmentFormat.headerChecksumOffset, as: UInt32.self)
    guard CRC32C.checksum(ofBytes: file.extracting(0..<SegmentFormat.headerChecksumOffset)) == checksum else {
      throw SegmentFileError.corrupt(name, section: "header", "its checksum differs")
    }
    let sections = SegmentSection.allCases
    guard file.littleEndian(at: 12, as: UInt32.self) == UInt32(sections.count),
      file.littleEndian(at: 16, as: UInt64.self) == UInt64(file.byteCount)
    else {
      throw SegmentFileError.corrupt(name, section: "header", "it describes another file: size or sections differ")
    }
    byteCount = file.byteCount
    entries = []
    var offset = SegmentFormat.pageByteCount
    for (place, section) in sections.enumerated() {
      let entry = SegmentFormat.tableOffset + place * SegmentFormat.tableEntryByteCount
      let sectionByteCount = file.littleEndian(at: entry + 16, as: UInt64.self)
      guard file.littleEndian(at: entry, as: UInt32.self) == section.rawValue,
        file.littleEndian(at: entry + 8, as: UInt64.self) == UInt64(offset),
        sectionByteCount <= UInt64(file.byteCount - offset)
      else { throw SegmentFileError.corrupt(name, section: section.name, "its place in the section table is wrong") }
      let checksum = file.littleEndian(at: entry + 4, as: UInt32.self)
      entries.append(
        SectionEntry(section: section, checksum: checksum, offset: offset, byteCount: Int(sectionByteCount)))
      offset = min(SegmentFormat.pageAligned(offset + Int(sectionByteCount)), file.byteCount)
    }
    guard offset == file.byteCount, file.byteCount % SegmentFormat.pageByteCount == 0 else {
      throw SegmentFileError.corrupt(name, section: "header", "the sections do not fill the file")
    }
  }

  init(byteCount: Int, entries: [SectionEntry]) {
    self.byteCount = byteCount
    self.entries = entries
  }

  /// The entry of `section`, which every header has.
  subscript(section: SegmentSection) -> SectionEntry {
    guard let entry = entries.first(where: { $0.section == section }) else {
      preconditionFailure("a header has every section")
    }
    return entry
  }
}
