// Owns what the file system says of the data file. Invariant: a file that lacks a page in use is refused before the
// map is read, because touching a mapped page beyond the file's end ends the process.

import Glibc

/// The file `data.mdb` behind an environment, read through its descriptor and never through the map.
struct DataFile {
  /// Less free room than this is a full disk.
  private static let freeByteCountMin: UInt = 1 << 20

  let descriptor: Int32
  let path: String
  let pageByteCount: Int

  /// Throws `.corrupted` where the snapshot of `transactionID` uses pages that the file does not have; returns false
  /// where the snapshot's header is gone. Constant cost for most files; the free list is read where the file ends
  /// before the last page ever used, which is sound where those pages are free: LMDB does not write a page that one
  /// transaction both takes and frees.
  func isComplete(transactionID: UInt64) throws -> Bool {
    guard let header = try DataFileHeader.read(of: transactionID, from: self) else { return false }
    let pageCount = try byteCount() / pageByteCount
    let firstMissing = UInt64(pageCount)
    guard firstMissing <= header.lastPage else { return true }
    let missingCount = header.lastPage - firstMissing + 1
    var freeList = FreeList(file: self, pageCount: pageCount)
    let freePages = try freeList.pages(root: header.freeListRoot, in: firstMissing...header.lastPage)
    guard UInt64(freePages.count) == missingCount else {
      throw damaged("it ends after \(pageCount) pages, its header counts \(header.lastPage + 1)")
    }
    return true
  }

  /// The `count` pages from `number` on.
  func pages(_ number: UInt64, count: Int = 1) throws -> PageBytes {
    let byteCount = count * pageByteCount
    guard let start = Int64(exactly: number)?.multipliedReportingOverflow(by: Int64(pageByteCount)), !start.overflow
    else { throw damaged("a page has the number \(number)") }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    // SAFETY: the array has room for `byteCount` bytes.
    guard unsafe pread(descriptor, &bytes, byteCount, off_t(start.partialValue)) == byteCount else {
      throw damaged("page \(number) is missing")
    }
    return PageBytes(bytes: bytes, number: number, file: self)
  }

  /// What is wrong with this file.
  func damaged(_ problem: String) -> LMDBError {
    LMDBError(code: .corrupted, context: "\(path) is damaged: \(problem)")
  }

  private func byteCount() throws -> Int {
    var status = stat()
    // SAFETY: the status is a local during the call.
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw LMDBError(rawCode: errno, context: "cannot look at \(path)")
    }
    return Int(status.st_size)
  }

  /// Whether the file system of `folder` has no room left.
  static func isDiskFull(inFolder folder: String) -> Bool {
    var status = statvfs()
    // SAFETY: the path is a C string and the status a local, both during the call.
    guard unsafe statvfs(folder, &status) == 0 else { return false }
    return status.f_bavail * status.f_frsize < freeByteCountMin
  }
}

/// Bytes of one page, or of the pages that one large value takes.
struct PageBytes {
  let bytes: [UInt8]
  let number: UInt64
  let file: DataFile

  /// The little-endian integer at `offset`. Throws `.corrupted` beyond the end.
  func integer<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self, at offset: Int) throws -> Integer {
    let size = MemoryLayout<Integer>.size
    guard offset >= 0, offset <= bytes.count - size else {
      throw file.damaged("page \(number) points beyond its end")
    }
    return bytes[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | Integer($1) }
  }
}
