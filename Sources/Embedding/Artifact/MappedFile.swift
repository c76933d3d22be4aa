// Owns one read-only memory mapping. Invariant: the bytes stay mapped as long as the object lives.

import Foundation

/// A file's bytes, mapped and not read. The file must not be shortened while it is mapped.
@safe final class MappedFile: Sendable {
  let path: String
  let count: Int
  // SAFETY: the mapping is read-only, made in `init` and unmapped in `deinit` alone, so any thread may read it.
  private nonisolated(unsafe) let base: UnsafeRawPointer?

  /// Maps the file at `path`. Throws `missing` or `unreadable`.
  init(path: String) throws(ModelArtifactError) {
    self.path = path
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.error(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ModelArtifactError(code: .unreadable, file: path, message: "it is not a regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let mapping = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard unsafe mapping != MAP_FAILED, let mapping = unsafe mapping else { throw Self.error(path) }
    unsafe base = UnsafeRawPointer(mapping)
  }

  deinit {
    if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// Calls `body` with all bytes.
  func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: `base` and `count` describe the whole mapping, which `self` keeps.
    try unsafe body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(start: base, count: count)))
  }

  /// A copy of the bytes in `range`, which lies within the file.
  func copy(_ range: Range<Int>) -> [UInt8] {
    // SAFETY: the bytes are copied within the closure, while the mapping lives.
    withBytes { bytes in
      unsafe bytes.extracting(range).withUnsafeBytes { unsafe Array($0) }
    }
  }

  /// A copy of all bytes.
  func copy() -> [UInt8] { copy(0..<count) }

  private static func error(_ path: String) -> ModelArtifactError {
    let cause = errno
    let reason = unsafe String(cString: strerror(cause))
    return cause == ENOENT || cause == ENOTDIR
      ? ModelArtifactError(code: .missing, file: path, message: "the file does not exist; fetch the model again")
      : ModelArtifactError(code: .unreadable, file: path, message: "cannot be read: \(reason)")
  }
}
