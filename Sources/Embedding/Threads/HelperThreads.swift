// Owns the threads that help a caller with its batch. Invariant: they run from `init` until `stop`, which joins them.

import Dispatch
import Foundation
import Synchronization

/// A fixed set of threads that work off jobs, oldest first.
final class HelperThreads: Sendable {
  /// What a thread does next.
  private final class Agenda: Sendable {
    struct State {
      var jobs: [@Sendable () -> Void] = []
      var isStopping = false
    }
    let state = Mutex(State())
    /// Counts jobs and, at the end, threads to be stopped.
    let items = DispatchSemaphore(value: 0)

    func run() {
      while true {
        items.wait()
        let job = state.withLock { state in state.jobs.isEmpty ? nil : state.jobs.removeFirst() }
        guard let job else { return }
        job()
      }
    }
  }

  private let agenda = Agenda()
  private let threads: Mutex<[pthread_t]>

  /// Starts `count` threads, fewer where the system refuses one.
  init(count: Int) {
    threads = Mutex([])
    for _ in 0..<count {
      guard let thread = Self.start(agenda) else { break }
      threads.withLock { $0.append(thread) }
    }
  }

  /// Threads that run.
  var count: Int { threads.withLock { $0.count } }

  /// Has up to `count` threads call `job`, each once, when they are free.
  func help(_ count: Int, _ job: @escaping @Sendable () -> Void) {
    let isStopping = agenda.state.withLock { state in
      if !state.isStopping { state.jobs.append(contentsOf: repeatElement(job, count: count)) }
      return state.isStopping
    }
    guard !isStopping else { return }
    for _ in 0..<count { agenda.items.signal() }
  }

  /// Has the threads finish the jobs they were given, and waits for their end. Idempotent.
  func stop() {
    agenda.state.withLock { $0.isStopping = true }
    let running = threads.withLock { threads in
      defer { threads = [] }
      return threads
    }
    for _ in running { agenda.items.signal() }
    for thread in running { pthread_join(thread, nil) }
  }

  deinit { stop() }

  private static func start(_ agenda: Agenda) -> pthread_t? {
    var thread = pthread_t()
    // SAFETY: the retained agenda is released by the thread's function alone, or below where no thread started.
    let argument = unsafe Unmanaged.passRetained(agenda)
    let result = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Agenda>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    guard result == 0 else {
      unsafe argument.release()
      return nil
    }
    return thread
  }
}
