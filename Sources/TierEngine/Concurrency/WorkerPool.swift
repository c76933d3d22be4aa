// Owns a fixed set of threads that answer requests for async callers. Invariant: at most `queuedMax` jobs wait;
// one more is refused at once.

import DequeModule
import Foundation

/// Threads for blocking work with an async front.
public final class WorkerPool: @unchecked Sendable {
  // SAFETY: `jobs` and `isStopped` are read and written only while `condition` is held.
  private let condition = NSCondition()
  private var jobs: Deque<@Sendable () -> Void> = []
  private var isStopped = false
  private let queuedMax: Int
  private var threads: [WorkerThread] = []

  /// Starts `threadCount` threads.
  public init(name: String, threadCount: Int, queuedMax: Int) {
    self.queuedMax = queuedMax
    threads = (0..<max(1, threadCount)).map { number in
      WorkerThread(name: "\(name)-\(number)") { [self] in work() }
    }
  }

  /// Runs `body` on one of the threads. Throws what `body` throws, or `SearchError.overloaded` where too many jobs
  /// wait, or `SearchError.unavailable` after `stop`.
  public func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      condition.lock()
      defer { condition.unlock() }
      if isStopped {
        continuation.resume(throwing: SearchError.unavailable("the index is shutting down"))
      } else if jobs.count >= queuedMax {
        continuation.resume(throwing: SearchError.overloaded)
      } else {
        jobs.append { continuation.resume(with: Swift.Result { try body() }) }
        condition.signal()
      }
    }
  }

  /// Refuses new jobs, finishes those that wait, and joins the threads.
  public func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
    for thread in threads { thread.join() }
  }

  private func work() {
    while true {
      condition.lock()
      while jobs.isEmpty, !isStopped { condition.wait() }
      let job = jobs.popFirst()
      condition.unlock()
      guard let job else { return }
      job()
    }
  }
}
