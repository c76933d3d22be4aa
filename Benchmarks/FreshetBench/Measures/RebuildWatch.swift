// Owns the rebuilds that go on beside a measure, and how much of the time one was under way.

import Freshet

/// Rebuilds from its making until `finish`.
struct RebuildWatch: Sendable {
  /// What went on.
  struct Outcome: Sendable, CustomStringConvertible {
    var looks = 0
    var looksUnderWay = 0
    var promotions: UInt64 = 0
    /// What the rebuild did from a moment on.
    var stages: [(from: UInt64, stage: String)] = []

    /// What the rebuild did at a moment.
    func stage(at moment: UInt64) -> String { stages.last { $0.from <= moment }?.stage ?? "none" }

    /// `94 %, 3 promoted`.
    var description: String {
      looksUnderWay == 0 ? "no" : "\(100 * looksUnderWay / max(1, looks)) % of the time, \(promotions) promoted"
    }
  }
  private let watching: Task<Outcome, any Error>
  private let requesting: Task<Void, any Error>?

  init(_ freshet: Freshet, isRebuilding: Bool) {
    requesting = isRebuilding ? Task { try await freshet.rebuildAgainAndAgain() } : nil
    watching = Task {
      var outcome = Outcome()
      let first = try await freshet.status().main?.generation ?? 0
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(50))
        let status = try await freshet.status()
        outcome.looks += 1
        let stage = status.rebuild?.stage.rawValue ?? "none"
        if outcome.stages.last?.stage != stage { outcome.stages.append((Stopwatch.nanoseconds, stage)) }
        if status.rebuild != nil { outcome.looksUnderWay += 1 }
        outcome.promotions = (status.main?.generation ?? 0) - first
      }
      return outcome
    }
  }

  /// Stops asking for rebuilds and tells what went on.
  func finish() async throws -> Outcome {
    requesting?.cancel()
    watching.cancel()
    return try await watching.value
  }
}
