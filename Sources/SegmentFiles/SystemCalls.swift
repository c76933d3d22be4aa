// Owns the system's names for files and failures. Invariant: no raw return code leaves this room.

import TierEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension SegmentFileError {
  /// What the system said last, when `doing` something with `path`.
  static func system(_ doing: String, _ path: String) -> SegmentFileError {
    let number = errno
    let reason = unsafe String(cString: strerror(number))
    let code: Code =
      switch number {
      case ENOSPC, EDQUOT: .full
      case ENOENT: .missing
      default: .system
      }
    let advice = code == .full ? "; free space on its disk" : ""
    return SegmentFileError(code: code, rawCode: number, message: "cannot \(doing) \(path): \(reason)\(advice)")
  }

  /// A file that is not what was written.
  static func corrupt(_ file: String, section: String, _ problem: String) -> SegmentFileError {
    SegmentFileError(
      code: .corrupt, message: "\(file), section \(section): \(problem); serve another generation and rebuild")
  }
}

/// Makes names in `folder` durable.
func syncFolder(_ folder: String) throws {
  let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
  guard descriptor >= 0 else { throw SegmentFileError.system("open the folder", folder) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw SegmentFileError.system("sync the folder", folder) }
}

/// Creates `folder` where it is missing; its parent exists.
func createFolder(_ folder: String) throws {
  if unsafe mkdir(folder, 0o755) == 0 {
    try syncFolder(folder + "/..")
  } else if errno != EEXIST {
    throw SegmentFileError.system("create the folder", folder)
  }
}

/// Removes the file at `path`.
func removeFile(_ path: String) throws {
  guard unsafe unlink(path) == 0 else { throw SegmentFileError.system("remove", path) }
}

/// Gives the file at `path` the name `newPath`, in place of any file of that name.
func renameFile(_ path: String, to newPath: String) throws {
  guard unsafe rename(path, newPath) == 0 else { throw SegmentFileError.system("rename to", newPath) }
}

/// The names in `folder`; none where there is no such folder.
func fileNames(in folder: String) throws -> [String] {
  guard let listing = unsafe opendir(folder) else {
    if errno == ENOENT { return [] }
    throw SegmentFileError.system("list the folder", folder)
  }
  defer { unsafe closedir(listing) }
  var names: [String] = []
  while true {
    errno = 0
    guard let entry = unsafe readdir(listing) else {
      if errno != 0 { throw SegmentFileError.system("list the folder", folder) }
      return names
    }
    // SAFETY: a directory entry's name ends with a zero byte within the entry.
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
      unsafe name.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
}
