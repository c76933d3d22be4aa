// Owns the list of folders that this process has open. Invariant: no environment is opened twice in one process,
// because closing either one would drop the other's file locks.

import Glibc
import Synchronization

/// A folder by its identity on disk, whatever the path that names it.
struct FolderIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64

  /// The identity of the folder at `path`, which must exist.
  init(path: String) throws {
    var status = stat()
    // SAFETY: the path is a C string and the status a local, both during the call.
    guard unsafe stat(path, &status) == 0 else {
      throw LMDBError(rawCode: errno, context: "cannot look at the folder \(path)")
    }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}

/// The process's open environments. Process-wide because LMDB's file locks are.
enum OpenEnvironments {
  private static let open = Mutex<Set<FolderIdentity>>([])

  /// Takes the folder; throws where it is taken.
  static func take(_ folder: FolderIdentity, path: String) throws {
    guard open.withLock({ $0.insert(folder).inserted }) else {
      throw LMDBError(code: .alreadyOpen, context: "cannot open \(path)")
    }
  }

  /// Lets the folder go.
  static func release(_ folder: FolderIdentity) {
    _ = open.withLock { $0.remove(folder) }
  }
}
