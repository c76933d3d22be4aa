// Owns the room on disk of LMDB's table of readers. Invariant: the table's pages exist before LMDB maps them, because
// touching a hole of a mapped file on a full disk ends the process.

import Glibc

enum LockTable {
  /// Room for `Environment.readerCountMax` readers, 64 bytes each, and the table's head.
  private static let byteCount: off_t = 64 * 1024

  /// Gives the table its pages. Before the environment is opened: closing any handle of this file drops the
  /// process's locks on it.
  static func reserve(inFolder folder: String) throws {
    let path = folder + "/lock.mdb"
    // SAFETY: the path is a C string during the call.
    let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw LMDBError(rawCode: errno, context: "cannot open \(path)") }
    defer { close(descriptor) }
    let code = posix_fallocate(descriptor, 0, byteCount)
    // A file system without this operation keeps the hole.
    guard code == 0 || code == EOPNOTSUPP || code == EINVAL else {
      throw LMDBError(rawCode: code, context: "cannot reserve \(byteCount) bytes for \(path)")
    }
  }
}
