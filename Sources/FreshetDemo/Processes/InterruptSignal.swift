// Owns the noticing of Ctrl-C. Invariant: from its making on, SIGINT and SIGTERM end the demo in order, never at once.

import Dispatch
import Glibc

/// The wish to end, told by a signal.
final class InterruptSignal: Sendable {
  private let moments: AsyncStream<Void>
  private let sources: [DispatchSource]

  /// Starts to listen.
  init() {
    let (moments, told) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.moments = moments
    sources = [SIGINT, SIGTERM].compactMap { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { told.yield() }
      source.resume()
      return source as? DispatchSource
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// Waits for it, or for the task's cancellation. For one waiter.
  func wait() async {
    for await _ in moments { return }
  }
}
