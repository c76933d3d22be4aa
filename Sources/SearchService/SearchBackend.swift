// Owns what the HTTP service asks of the engine. Invariant: a backend does its work on threads of its own, so that
// awaiting it never holds an event loop.

import IndexModel
import TierEngine

/// The engine as the HTTP routes see it. Every method may be called from any task, many at once.
///
/// Throw `SearchError` where the request is at fault or the engine is not able to answer; any other error becomes a 500
/// whose details stay in the log.
public protocol SearchBackend: Sendable {
  /// The items nearest to the request's query.
  func search(_ request: SearchRequest) async throws -> SearchResponse
  /// The item as the searchable sequence shows it; `nil` where there is none.
  func item(_ id: ItemID, includeVector: Bool) async throws -> ItemView?
  /// What the engine is and does now. Cheap enough to be asked every second.
  func status() async throws -> EngineStatus
  /// Whether the engine should receive traffic, or what is missing.
  func readiness() async -> Readiness
  /// Every metric of the process in Prometheus' text format 0.0.4.
  func metricsText() async -> String
  /// Asks for a new generation. Returns as soon as the request is noted, long before the generation serves.
  func requestRebuild(reason: String) async throws -> RebuildAnswer
  /// Parked records, oldest first, at most `limit`.
  func deadLetters(limit: Int) async throws -> [DeadLetter]
}

/// What became of a request to rebuild.
public enum RebuildAnswer: Sendable, Hashable {
  /// A rebuild will start as soon as the policy's loop sees the request.
  case accepted
  /// A rebuild was under way already; the request adds nothing to it.
  case underWay(RebuildStatus)
}
