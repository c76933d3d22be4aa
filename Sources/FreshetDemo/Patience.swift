// Owns the waiting for what must come to be. Invariant: every wait has an end, and says what it waited for.

/// How long the demo waits for one thing.
struct Patience: Sendable {
  /// The longest wait.
  let limit: Duration

  /// Asks again and again until `condition` holds. Throws `DemoFailure` where it does not within the limit.
  func until(_ awaited: String, _ condition: () async throws -> Bool) async throws {
    _ = try await first(awaited) { try await condition() ? true : nil }
  }

  /// Asks again and again until `attempt` returns a value, and returns that. Throws `DemoFailure`, with what `attempt`
  /// threw last, where it does not within the limit.
  func first<Value: Sendable>(
    _ awaited: String, every pause: Duration = .milliseconds(100), _ attempt: () async throws -> Value?
  ) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    var lastError: (any Error)?
    while true {
      do {
        lastError = nil
        if let value = try await attempt() { return value }
      } catch {
        try Task.checkCancellation()
        lastError = error
      }
      guard ContinuousClock.now < deadline else {
        let cause = lastError.map { ": \($0)" } ?? ""
        throw DemoFailure("\(awaited) did not happen within \(limit.components.seconds) s\(cause)")
      }
      try await Task.sleep(for: pause)
    }
  }
}
