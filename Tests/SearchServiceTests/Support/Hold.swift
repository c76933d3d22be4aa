// Owns a place where a test holds a search and lets it go. Invariant: nobody sleeps; both sides are signalled.

import Synchronization

/// Callers of `wait` stay until `release`; `arrived` tells when one is there.
final class Hold: Sendable {
  private struct State {
    var isReleased = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let arrivals = AsyncStream.makeStream(of: Void.self)

  func wait() async {
    await withCheckedContinuation { continuation in
      let isReleased = state.withLock { state in
        if !state.isReleased { state.waiters.append(continuation) }
        return state.isReleased
      }
      if isReleased { continuation.resume() }
      arrivals.continuation.yield()
    }
  }

  /// Returns when the next caller of `wait` is there.
  func arrived() async {
    var iterator = arrivals.stream.makeAsyncIterator()
    await iterator.next()
  }

  func release() {
    let waiters = state.withLock { state in
      state.isReleased = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
