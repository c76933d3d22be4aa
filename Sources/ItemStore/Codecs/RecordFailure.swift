// Owns why a stored value cannot be read, before the table and the key are added to it.

/// A value that is not what the codec writes.
struct RecordFailure: Error {
  let problem: String

  init(_ problem: String) {
    self.problem = problem
  }
}
