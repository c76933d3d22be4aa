// Owns the race between an answer and the request's time limit. Invariant: the caller is resumed exactly once, and at
// the limit at the latest, even if the work does not notice its cancellation.

import NIOCore
import Synchronization

/// The answer of `work`, or `late()`'s error when `limit` has passed first; the work is then cancelled.
///
/// The timer stands in the event loop's heap and leaves it with the answer: a task that sleeps would stay for the
/// whole limit after every fast request.
func answer<Answer: Sendable>(
  within limit: TimeAmount, on eventLoop: any EventLoop, late: @escaping @Sendable () -> any Error,
  _ work: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
  let race = Race<Answer>()
  let task = Task {
    let result: Result<Answer, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    race.finish(result)
  }
  let timer = eventLoop.scheduleTask(in: limit) {
    if race.finish(.failure(late())) { task.cancel() }
  }
  defer { timer.cancel() }
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { race.await($0) }
  } onCancel: {
    task.cancel()
  }
}

/// Joins one result and one waiter, whichever comes first.
///
///     open ──await──▶ awaited ──finish──▶ done
///     open ──finish──▶ finished ──await──▶ done
private final class Race<Answer: Sendable>: Sendable {
  private enum State {
    case open
    case awaited(CheckedContinuation<Answer, any Error>)
    case finished(Result<Answer, any Error>)
    case done
  }

  /// What to do outside the lock.
  private enum FinishAction {
    case resume(CheckedContinuation<Answer, any Error>)
    case keep
    case ignore
  }

  private let state = Mutex(State.open)

  func await(_ continuation: CheckedContinuation<Answer, any Error>) {
    let result: Result<Answer, any Error>? = state.withLock { state in
      if case .finished(let result) = state {
        state = .done
        return result
      }
      state = .awaited(continuation)
      return nil
    }
    if let result { continuation.resume(with: result) }
  }

  /// Returns whether `result` is the one that counts.
  @discardableResult
  func finish(_ result: Result<Answer, any Error>) -> Bool {
    let action: FinishAction = state.withLock { state in
      switch state {
      case .open:
        state = .finished(result)
        return .keep
      case .awaited(let continuation):
        state = .done
        return .resume(continuation)
      case .finished, .done:
        return .ignore
      }
    }
    switch action {
    case .resume(let continuation):
      continuation.resume(with: result)
      return true
    case .keep: return true
    case .ignore: return false
    }
  }
}
