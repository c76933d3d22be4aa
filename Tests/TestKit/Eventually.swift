// Owns waiting for a state that nothing announces. Invariant: bounded, and what never came is an error that names it.

/// A state that did not come.
public struct NeverCame: Error, CustomStringConvertible {
  /// What was waited for, and for how long.
  public let description: String
}

/// Asks again and again, with short pauses, until `state` gives a value, and returns it. Throws `NeverCame` after
/// `limit`, or what `state` throws. Where something announces the state, wait for that instead.
public func eventually<Value: Sendable>(
  _ what: String, within limit: Duration = .seconds(60), isolation: isolated (any Actor)? = #isolation,
  _ state: () async throws -> Value?
) async throws -> Value {
  let deadline = ContinuousClock.now + limit
  while true {
    if let value = try await state() { return value }
    guard .now < deadline else { throw NeverCame(description: "\(what): did not come within \(limit)") }
    try await Task.sleep(for: .milliseconds(10))
  }
}
