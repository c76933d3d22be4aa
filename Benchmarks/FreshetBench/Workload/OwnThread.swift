// Owns the way from async measures to blocking or long work: a thread of its own, so that the cooperative pool, which
// resumes what is measured, never waits for it.

import Foundation

enum OwnThread {
  /// Runs `body` on a new thread and returns what it returns, or throws what it throws.
  static func run<Value: Sendable>(
    _ name: String, _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result { try body() }) }
      thread.name = name
      thread.start()
    }
  }
}
