// Owns what the file system says of the data file. Invariant: a file that lacks pages in use is refused before the
// map is read, because touching a mapped page beyond the file's end ends the process.

import Glibc

enum DataFile {
  /// Less free room than this is a full disk.
  private static let freeBytesMin: UInt = 1 << 20

  /// Throws `.corrupted` where the file is shorter than `usedByteCount`.
  static func checkComplete(inFolder folder: String, usedByteCount: Int) throws {
    let path = folder + "/data.mdb"
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw LMDBError(rawCode: errno, context: "cannot look at \(path)")
    }
    guard Int(status.st_size) >= usedByteCount else {
      throw LMDBError(
        code: .corrupted, context: "\(path) has \(status.st_size) bytes, its header says \(usedByteCount)")
    }
  }

  /// Whether the file system of `folder` has no room left.
  static func isDiskFull(inFolder folder: String) -> Bool {
    var status = statvfs()
    guard unsafe statvfs(folder, &status) == 0 else { return false }
    return status.f_bavail * status.f_frsize < freeBytesMin
  }
}
