// Owns the threads on which the engine does blocking and CPU-heavy work, so that none of it runs on Swift's
// cooperative pool. Invariant: a started thread is joined before its owner is gone.

import Foundation

/// One named thread that runs one body to its end.
final class WorkerThread: Sendable {
  private let finished = DispatchGroup()

  /// Starts `body` on a new thread.
  init(name: String, _ body: @escaping @Sendable () -> Void) {
    let finished = finished
    finished.enter()
    let thread = Thread {
      body()
      finished.leave()
    }
    thread.name = name
    thread.stackSize = 4 << 20
    thread.start()
  }

  /// Waits until the body has returned.
  func join() {
    finished.wait()
  }
}
