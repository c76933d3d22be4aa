// Owns the translation of LMDB's failures into the store's, with what to do about each.

import Glibc
import LMDB
import TierEngine

/// Runs `body`; an `LMDBError` leaves as a `StoreError`, every other error as it is.
func translated<Result>(in folder: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as LMDBError {
    throw StoreError(error, folder: folder)
  }
}

extension StoreError {
  /// Says in the store's words what LMDB met in `folder`.
  init(_ error: LMDBError, folder: String) {
    let (code, advice) = Self.meaning(of: error, folder: folder)
    self.init(code: code, rawCode: error.rawCode, message: "\(error.description); \(advice)")
  }

  private static func meaning(of error: LMDBError, folder: String) -> (Code, String) {
    switch error.code {
    case .mapFull:
      (.full, "nothing of the transaction stays; open \(folder) again with more map bytes")
    case .diskFull:
      (.full, "nothing of the transaction stays; make room on the disk of \(folder), then it goes on")
    case .corrupted, .databaseMissing, .keyOutOfOrder:
      (.corrupt, "restore \(folder) from a copy, or remove it and read the log again")
    case .versionMismatch:
      (.wrongFormat, "\(folder) needs the version that wrote it, or another folder")
    case .alreadyOpen:
      (.locked, "use the store that this process has open")
    case .keySize:
      (.system, "shorten the name: a key has 1 to \(Environment.keyByteCountMax) bytes")
    case .readersFull:
      (.system, "end some of the processes that read \(folder)")
    case .unusable:
      (.system, "end the process and start it again")
    case .system:
      (.system, advice(errno: error.rawCode, folder: folder))
    }
  }

  /// Says what the system refused at `path`.
  init(errno rawCode: Int32, _ action: String, path: String) {
    if rawCode == ENOSPC || rawCode == EDQUOT {
      self.init(code: .full, rawCode: rawCode, message: "cannot \(action) \(path); make room on its disk")
      return
    }
    // SAFETY: strerror returns a string that stays valid until the next call in this thread; it is copied at once.
    let words = unsafe String(cString: strerror(rawCode))
    self.init(
      code: .system, rawCode: rawCode,
      message: "cannot \(action) \(path): \(words); \(Self.advice(errno: rawCode, folder: path))")
  }

  private static func advice(errno rawCode: Int32, folder: String) -> String {
    switch rawCode {
    case EACCES, EPERM: "give this process's user the right to read and write \(folder)"
    case EROFS: "\(folder) is on a read-only file system: mount it writable or name another folder"
    case EMFILE, ENFILE: "too many files are open: raise the limit (ulimit -n)"
    case ENOMEM, EAGAIN: "the address space is short: reserve fewer map bytes or raise the limit (ulimit -v)"
    case ENOENT: "name a folder that exists"
    case ENOTDIR: "name a folder, not a file"
    case EIO: "the disk under \(folder) failed: look at the system's log"
    default: "look at \(folder)"
    }
  }
}
