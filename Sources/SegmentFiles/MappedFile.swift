// Owns a file mapped into memory. Invariant: read-only, and mapped until the last holder lets go.

import TierEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// SAFETY: `start` covers `byteCount` readable bytes until `deinit`; nothing writes to them, and segment files are
// removed but never changed in place.
@safe final class MappedFile: @unchecked Sendable {
  let byteCount: Int
  private let start: UnsafeRawPointer

  /// Maps the file at `path` if it is `byteCountMin` bytes long or longer. Throws `SegmentFileError`.
  init(path: String, byteCountMin: Int) throws {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SegmentFileError.system("open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SegmentFileError.system("inspect", path) }
    byteCount = Int(status.st_size)
    guard byteCount >= max(1, byteCountMin) else {
      throw SegmentFileError.corrupt(path, section: "header", "the file has \(byteCount) bytes, fewer than a header")
    }
    guard let start = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe start != MAP_FAILED
    else { throw SegmentFileError.system("map", path) }
    unsafe self.start = UnsafeRawPointer(start)
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: start), byteCount) }

  /// The bytes of a range that lies in the file.
  func bytes(at offset: Int, count: Int) -> UnsafeRawBufferPointer {
    precondition(offset >= 0 && count >= 0 && offset <= byteCount - count, "range beyond the file")
    return unsafe UnsafeRawBufferPointer(start: start + offset, count: count)
  }

  /// Lends a range of the file to `body`.
  func withBytes<R>(at offset: Int, count: Int, _ body: (RawSpan) throws -> R) rethrows -> R {
    try unsafe body(RawSpan(_unsafeBytes: bytes(at: offset, count: count)))
  }
}
