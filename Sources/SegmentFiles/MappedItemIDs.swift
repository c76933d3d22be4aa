// Owns the ids of a mapped segment. Invariant: what is handed out was verified: offsets ascend, ids are 1...480 bytes
// of UTF-8.

import IndexModel
import TierEngine

/// Ids read from a mapping when they are asked for.
struct MappedItemIDs: ItemIDTable {
  let count: Int
  private let file: MappedFile
  private let offsets: SectionEntry
  private let text: SectionEntry

  /// Verifies the ids of `rowCount` rows. Throws `SegmentFileError`.
  init(file: MappedFile, header: SegmentHeader, rowCount: Int, name: String) throws {
    self.file = file
    count = rowCount
    offsets = header[.idOffsets]
    text = header[.idBytes]
    guard offsets.byteCount == (rowCount + 1) * MemoryLayout<UInt64>.size else {
      throw SegmentFileError.corrupt(name, section: "idOffsets", "it does not hold \(rowCount) rows")
    }
    guard offset(of: 0) == 0, offset(of: rowCount) == UInt64(text.byteCount) else {
      throw SegmentFileError.corrupt(name, section: "idOffsets", "the offsets do not span the ids")
    }
    // All offsets first, so that no slice below reaches beyond the section.
    for row in 0..<rowCount {
      let start = offset(of: row)
      let end = offset(of: row + 1)
      guard end > start, end - start <= UInt64(ItemID.byteCountMax), end <= UInt64(text.byteCount) else {
        throw SegmentFileError.corrupt(name, section: "idOffsets", "row \(row) has no id of 1...480 bytes")
      }
    }
    for row in 0..<rowCount where id(at: row) == nil {
      throw SegmentFileError.corrupt(name, section: "idBytes", "row \(row) has an id that is no UTF-8")
    }
  }

  subscript(row: Int) -> ItemID {
    precondition(row >= 0 && row < count, "row out of range")
    guard let id = id(at: row) else { preconditionFailure("ids are verified when a segment is opened") }
    return id
  }

  private func id(at row: Int) -> ItemID? {
    let start = Int(offset(of: row))
    let length = Int(offset(of: row + 1)) - start
    // SAFETY: the offsets were verified to lie in the section.
    return unsafe String(validating: file.bytes(at: text.offset + start, count: length), as: UTF8.self).flatMap {
      ItemID($0)
    }
  }

  private func offset(of row: Int) -> UInt64 {
    file.withBytes(at: offsets.offset + row * 8, count: 8) { $0.littleEndian(at: 0, as: UInt64.self) }
  }
}
