// Owns the right to write a store's folder. Invariant: one process at a time holds it; it is given up when the
// process ends, however it ends.

import Glibc
import TierEngine

/// A flock on the file `LOCK`, which holds the owner's process id.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the folder. Throws `.locked` with the owner's process id where it is taken.
  init(folder: String) throws {
    let path = folder + "/LOCK"
    // SAFETY: the path is a C string during the call.
    let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(errno: errno, "open", path: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      let owner = Self.owner(descriptor)
      close(descriptor)
      guard code == EWOULDBLOCK else { throw StoreError(errno: code, "lock", path: path) }
      throw StoreError(
        code: .locked, rawCode: code,
        message: "\(folder) is in use by \(owner): end it, or name another folder")
    }
    self.descriptor = descriptor
    let text = Array("\(getpid())\n".utf8)
    // SAFETY: the array outlives the call, which reads as many bytes as it has.
    guard ftruncate(descriptor, 0) == 0, unsafe pwrite(descriptor, text, text.count, 0) == text.count else {
      throw StoreError(errno: errno, "write", path: path)
    }
  }

  deinit {
    // Closing alone would leave the lock to a child process that was forked meanwhile and has not yet called exec.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private static func owner(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    // SAFETY: the array has room for as many bytes as are asked for.
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    let text = String(decoding: bytes.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard let pid = Int32(text) else { return "another process" }
    return pid == getpid() ? "this process (\(pid))" : "the process \(pid)"
  }
}

/// Creates the folder and those above it, each for this user alone, where they are missing.
func createFolder(_ path: String) throws {
  // SAFETY (both calls): the path is a C string during the call.
  guard unsafe mkdir(path, 0o700) != 0 else { return }
  let code = errno
  if code == EEXIST { return }
  guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
    throw StoreError(errno: code, "create the folder", path: path)
  }
  try createFolder(String(path[..<slash]))
  guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
    throw StoreError(errno: errno, "create the folder", path: path)
  }
}
