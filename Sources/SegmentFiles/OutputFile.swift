// Owns a file that is being written from front to end. Invariant: little of it waits to be flushed at any time, so
// that another file's fsync never queues behind it.

import IndexModel
import TierEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Appends bytes to a new file. Closed when it goes out of scope.
struct OutputFile: ~Copyable {
  /// Bytes written between two flushes.
  private static let flushByteCount = 4 << 20
  private static let pieceByteCount = 1 << 20

  /// Bytes appended so far.
  private(set) var byteCount = 0
  private let descriptor: Int32
  private let path: String
  private var unflushedByteCount = 0

  /// Creates the file, in place of one that was left over under its name.
  init(creating path: String) throws {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SegmentFileError.system("create", path) }
  }

  deinit { _ = close(descriptor) }

  /// Appends `bytes` and calls `progress` with the size reached after each piece. Returns their checksum.
  mutating func append(_ bytes: RawSpan, progress: (Int) -> Void) throws -> UInt32 {
    var checksum = CRC32C()
    for start in stride(from: 0, to: bytes.byteCount, by: Self.pieceByteCount) {
      let piece = bytes.extracting(start..<min(start + Self.pieceByteCount, bytes.byteCount))
      // SAFETY: the buffer is used within the closure.
      unsafe piece.withUnsafeBytes { unsafe checksum.update($0) }
      try put(piece, at: byteCount)
      byteCount += piece.byteCount
      unflushedByteCount += piece.byteCount
      if unflushedByteCount >= Self.flushByteCount { try flush() }
      progress(byteCount)
    }
    return checksum.value
  }

  /// Writes over bytes at the file's start.
  mutating func overwriteStart(with bytes: RawSpan) throws { try put(bytes, at: 0) }

  /// Makes the whole file durable.
  mutating func sync() throws {
    guard fsync(descriptor) == 0 else { throw SegmentFileError.system("sync", path) }
    unflushedByteCount = 0
  }

  private mutating func flush() throws {
    guard fdatasync(descriptor) == 0 else { throw SegmentFileError.system("flush", path) }
    unflushedByteCount = 0
  }

  private func put(_ bytes: RawSpan, at offset: Int) throws {
    var written = 0
    while written < bytes.byteCount {
      // SAFETY: the buffer is used within the closure, from `written` to its end.
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          descriptor, UnsafeRawBufferPointer(rebasing: buffer[written...]).baseAddress, buffer.count - written,
          off_t(offset + written))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw SegmentFileError.system("write", path)
      }
      written += count
    }
  }
}
