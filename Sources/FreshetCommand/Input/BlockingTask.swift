// Owns the way to work that blocks, on a thread of its own.

import Dispatch

/// Runs blocking work beside the cooperative pool.
enum BlockingTask {
  /// Runs `body` on a thread of its own and returns when it does. Throws what it throws.
  static func run(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
  }
}
