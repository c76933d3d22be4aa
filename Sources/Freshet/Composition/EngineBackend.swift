// Owns what the HTTP service asks, answered by the engine. Invariant: the engine works on its own threads.

import IndexModel
import SearchService
import Telemetry
import TierEngine

/// The engine behind the HTTP routes.
struct EngineBackend: SearchBackend {
  let engine: IndexEngine
  let metrics: PrometheusRegistry
  let readyLagSecondsMax: Double

  func search(_ request: SearchRequest) async throws -> SearchResponse {
    try await engine.search(request)
  }

  func item(_ id: ItemID, includeVector: Bool) async throws -> ItemView? {
    try await engine.item(id, includesVector: includeVector)
  }

  func status() async throws -> EngineStatus {
    try await engine.status()
  }

  func readiness() async -> Readiness {
    engine.readiness(lagSecondsMax: readyLagSecondsMax)
  }

  func metricsText() async -> String {
    metrics.text()
  }

  func requestRebuild(reason: String) async throws -> RebuildAnswer {
    if let underWay = try await engine.status().rebuild { return .underWay(underWay) }
    engine.requestRebuild(reason: reason)
    return .accepted
  }

  func deadLetters(limit: Int) async throws -> [DeadLetter] {
    try await engine.deadLetters(limit: limit)
  }
}
