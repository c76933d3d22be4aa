// Owns the waiting for a file to change. Invariant: a change after the last `wait` ends the next one at once; where the
// kernel reports none (network disks), the wait ends by itself and the caller looks.

import Glibc

/// Wakes a follower of one file, by inotify(7).
final class FileWatch: Sendable {
  /// The longest single wait: how late a change on a disk without reports is noticed.
  private static let waitMillisecondsMax = 100

  private let descriptor: Int32

  /// Watches the file that stands at `path` now; replacing it changes its links, which is a report too.
  init(path: String) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return }
    // SAFETY: the path is a terminated copy that outlives the call.
    _ = unsafe inotify_add_watch(descriptor, path, UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF))
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Waits until the file changed, at most `timeoutMilliseconds` and at most a tenth of a second.
  func wait(timeoutMilliseconds: Int) {
    let limit = min(timeoutMilliseconds, Self.waitMillisecondsMax)
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // SAFETY: one `pollfd` is passed and counted; a negative descriptor makes it a plain wait.
    guard unsafe poll(&request, 1, Int32(clamping: limit)) > 0 else { return }
    drain()
  }

  /// Takes the reports off the queue, so that the next wait is for a newer change.
  private func drain() {
    var reports = [UInt8](repeating: 0, count: 4096)
    // SAFETY: the kernel writes at most `reports.count` bytes; it does not block.
    while unsafe reports.withUnsafeMutableBytes({ unsafe read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
  }
}
