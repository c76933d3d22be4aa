// Owns the threads of a build. Invariant: pieces of work are independent, so neither their order nor their thread
// changes what comes out.

import Foundation
import Synchronization

/// Spreads independent pieces of work over threads of its own, which live as long as the team and run at a lower
/// priority than the process's other threads, so that searches go first. The calling thread waits.
final class WorkerTeam: Sendable {
  /// Work to be shared out.
  private final class Job: Sendable {
    let count: Int
    let body: @Sendable (Int, Int) throws -> Void
    let next = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)
    let finished = DispatchSemaphore(value: 0)

    init(count: Int, body: @escaping @Sendable (Int, Int) throws -> Void) {
      self.count = count
      self.body = body
    }

    func run(worker: Int) {
      while true {
        let item = next.add(1, ordering: .relaxed).oldValue
        guard item < count else { return }
        do {
          try body(worker, item)
        } catch {
          failure.withLock { $0 = $0 ?? error }
          next.store(count, ordering: .relaxed)
          return
        }
      }
    }
  }

  /// What the threads wait for. A thread that finds no job ends.
  private final class Desk: Sendable {
    let job = Mutex<Job?>(nil)
    let started = DispatchSemaphore(value: 0)
  }

  let threadCount: Int
  private let desk = Desk()

  init(threadCount: Int) {
    self.threadCount = threadCount
    for worker in 0..<threadCount {
      // A thread holds the desk and not the team, so that the team's end can end it.
      let thread = Thread { [desk] in
        lowerThreadPriority()
        while true {
          desk.started.wait()
          guard let job = desk.job.withLock({ $0 }) else { return }
          job.run(worker: worker)
          job.finished.signal()
        }
      }
      thread.name = "freshet-build-\(worker)"
      thread.start()
    }
  }

  deinit {
    desk.job.withLock { $0 = nil }
    for _ in 0..<threadCount { desk.started.signal() }
  }

  /// Calls `body(worker, item)` once for each item in 0..<count; `worker`, in 0..<threadCount, tells the threads
  /// apart. After a failure no further item is begun, and the failure is thrown. One call at a time.
  func forEach(count: Int, _ body: @escaping @Sendable (Int, Int) throws -> Void) throws {
    guard count > 0 else { return }
    let job = Job(count: count, body: body)
    desk.job.withLock { $0 = job }
    for _ in 0..<threadCount { desk.started.signal() }
    for _ in 0..<threadCount { job.finished.wait() }
    if let failure = job.failure.withLock({ $0 }) { throw failure }
  }

  /// The results of `body(item)` for each item in 0..<count, in order.
  func map<Result: Sendable>(count: Int, _ body: @escaping @Sendable (Int) throws -> Result) throws -> [Result] {
    let results = SharedResults<Result>(count: count)
    try forEach(count: count) { _, item in
      let result = try body(item)
      results.values.withLock { $0[item] = result }
    }
    return results.values.withLock { $0.compactMap { $0 } }
  }
}

/// Results that threads fill in.
private final class SharedResults<Result: Sendable>: Sendable {
  let values: Mutex<[Result?]>

  init(count: Int) { values = Mutex([Result?](repeating: nil, count: count)) }
}
