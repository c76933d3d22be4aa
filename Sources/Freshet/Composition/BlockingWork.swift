// Owns the way from async callers to blocking calls that happen once: opening and closing. They get a thread of their
// own, so that the cooperative pool never waits for a disk.

import Dispatch

/// Runs blocking work off the cooperative pool.
enum BlockingWork {
  private static let queue = DispatchQueue(label: "freshet.blocking", attributes: .concurrent)

  /// Runs `body` and returns what it returns, or throws what it throws.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }

  /// Runs `body` to its end, whether or not the task is cancelled.
  static func runToEnd(_ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      queue.async {
        body()
        continuation.resume()
      }
    }
  }
}
