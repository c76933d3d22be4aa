// Owns an index for the length of one measure. Invariant: it is closed on every way out.

import Freshet

/// Opens the index of `topology`, begins to follow its source, and passes it to `body` with the moment of that.
func withIndex<Result: Sendable>(
  _ topology: BenchTopology, _ body: @Sendable (Freshet, _ followedFrom: UInt64) async throws -> Result
) async throws -> Result {
  let freshet = try await Freshet.open(topology.parsed)
  let start = Stopwatch.nanoseconds
  let running = Task { try await freshet.run(servesHTTP: false) }
  let result: Swift.Result<Result, any Error>
  do {
    result = .success(try await body(freshet, start))
  } catch {
    result = .failure(error)
  }
  running.cancel()
  // What ended ingest is the reason why `body` failed.
  try await running.value
  return try result.get()
}

extension Freshet {
  /// Asks for one rebuild and waits until it is promoted.
  func rebuildOnce() async throws {
    let before = try await status().main?.generation ?? 0
    requestRebuild(reason: "benchmark")
    while true {
      let status = try await status()
      if let generation = status.main?.generation, generation > before, status.rebuild == nil { return }
      if let rejection = status.lastRejection { throw BenchFailure("the generation was rejected: \(rejection)") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Keeps a rebuild under way until cancelled.
  func rebuildAgainAndAgain() async throws {
    while !Task.isCancelled {
      requestRebuild(reason: "benchmark")
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}

/// Why nothing could be measured.
struct BenchFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
