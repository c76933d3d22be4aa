// Owns one open file descriptor of a log. Invariant: it is closed exactly once; every call's failure is an
// `EventSourceError` that names the path.

import Glibc
import TierEngine

/// An open file, or standard input.
final class LogFile: Sendable {
  /// Which file a path led to when it was opened.
  struct Identity: Equatable {
    var device: UInt64
    var number: UInt64
  }

  /// The path, for messages.
  let path: String
  private let descriptor: Int32
  private let isOwned: Bool

  /// Opens the file at `path` for reading; folders and devices are refused.
  init(path: String) throws(EventSourceError) {
    // SAFETY: the path is a terminated copy that outlives the call.
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    isOwned = true
    guard descriptor >= 0 else { throw Self.refusal(path, "opened", errno) }
    guard try status().st_mode & S_IFMT == S_IFREG else {
      throw EventSourceError(
        code: .configuration, message: "\(path) is no regular file; name a file of JSON lines, or - for standard input")
    }
  }

  /// An open file that belongs to someone else, and is left open.
  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    isOwned = false
  }

  deinit {
    if isOwned, descriptor >= 0 { close(descriptor) }
  }

  /// The file's length in bytes.
  func byteCount() throws(EventSourceError) -> Int64 {
    Int64(try status().st_size)
  }

  /// Which file this is.
  func identity() throws(EventSourceError) -> Identity {
    Self.identity(try status())
  }

  /// Which file `path` leads to now; `nil` where there is none.
  static func identity(at path: String) -> Identity? {
    var status = stat()
    // SAFETY: `status` outlives the call, which writes one `stat`.
    return unsafe stat(path, &status) == 0 ? identity(status) : nil
  }

  /// Fills `buffer` from `offset` on and returns how many bytes were there; 0 at the end.
  func read(into buffer: inout [UInt8], at offset: Int64) throws(EventSourceError) -> Int {
    // SAFETY: the kernel writes at most `buffer.count` bytes.
    try unsafe retrying(on: &buffer) { unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
  }

  /// Fills `buffer` with what comes next, waiting for the first byte; 0 once the writer has closed.
  func readNext(into buffer: inout [UInt8]) throws(EventSourceError) -> Int {
    // SAFETY: the kernel writes at most `buffer.count` bytes.
    try unsafe retrying(on: &buffer) { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
  }

  /// Waits until a read would not block; returns whether it would not.
  func waitUntilReadable(timeoutMilliseconds: Int) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // SAFETY: one `pollfd` is passed and counted.
    return unsafe poll(&request, 1, Int32(clamping: timeoutMilliseconds)) > 0
  }

  private func retrying(
    on buffer: inout [UInt8], _ call: (UnsafeMutableRawBufferPointer) -> Int
  ) throws(EventSourceError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe call($0) }
      if count >= 0 { return count }
      if errno != EINTR { throw Self.refusal(path, "read", errno) }
    }
  }

  private func status() throws(EventSourceError) -> stat {
    var status = stat()
    // SAFETY: `status` outlives the call, which writes one `stat`.
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.refusal(path, "examined", errno) }
    return status
  }

  private static func identity(_ status: stat) -> Identity {
    Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }

  private static func refusal(_ path: String, _ verb: String, _ code: Int32) -> EventSourceError {
    let kind: EventSourceError.Code =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EACCES, EPERM: .denied
      default: .unavailable
      }
    let advice =
      switch kind {
      case .missing: "create the file, or mend `source.path`"
      case .denied: "let this user read it"
      default: "see to the disk, then start again"
      }
    // SAFETY: `strerror` returns a terminated string that is copied at once.
    let reason = unsafe String(cString: strerror(code))
    return EventSourceError(code: kind, rawCode: code, message: "\(path) cannot be \(verb): \(reason); \(advice)")
  }
}
