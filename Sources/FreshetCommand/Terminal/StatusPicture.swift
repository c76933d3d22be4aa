// Owns what the terminal shows of an engine, whether it runs in this process or behind HTTP. Invariant: the members are
// those of `GET /v1/status`, so that its answer decodes without a mapping.

import Freshet

/// An engine's status, as far as it is drawn.
struct StatusPicture: Decodable, Equatable, Sendable {
  struct Model: Decodable, Equatable, Sendable {
    var name: String
    var dimension: Int
  }

  struct Fresh: Decodable, Equatable, Sendable {
    var rows: Int
    var superseded: Int
    var capacityRows: Int
  }

  struct Main: Decodable, Equatable, Sendable {
    var generation: UInt64
    var rows: Int
    var superseded: Int
    var recallAt10: Double
  }

  struct Quantiles: Decodable, Equatable, Sendable {
    var p50: Double
    var p99: Double
  }

  struct Ingest: Decodable, Equatable, Sendable {
    var applied: UInt64
    var appliedPerSecond: Double
    var freshnessLagMilliseconds: Quantiles
    var pausedBecause: String?
    var queuedRecords: Int
    var isExhausted: Bool
  }

  struct Rebuild: Decodable, Equatable, Sendable {
    var generation: UInt64
    var reason: String
    var stage: String
    var fractionDone: Double
    var remainingSeconds: Double?
  }

  var name: String
  var model: Model
  var items: Int
  var tombstones: Int
  var deadLetters: Int
  var fresh: Fresh
  var main: Main?
  var recordsBehind: [String: Int64]
  var ingest: Ingest
  var rebuild: Rebuild?
  var lastRejection: String?
  var searches: UInt64
  var searchNanoseconds: Quantiles
  var uptimeSeconds: Double

  /// Records between what searches reflect and the log's end.
  var behind: Int64 { recordsBehind.values.reduce(0, +) }
}

extension StatusPicture {
  init(_ status: EngineStatus) {
    let lag = status.ingest.freshnessLagMilliseconds
    self.init(
      name: status.name, model: Model(name: status.model.name, dimension: status.model.dimension),
      items: status.items, tombstones: status.tombstones, deadLetters: status.deadLetters,
      fresh: Fresh(
        rows: status.fresh.rows, superseded: status.fresh.superseded, capacityRows: status.fresh.capacityRows),
      main: status.main.map {
        Main(generation: $0.generation, rows: $0.rows, superseded: $0.superseded, recallAt10: $0.recallAt10)
      },
      recordsBehind: Dictionary(uniqueKeysWithValues: status.recordsBehind.map { ($0.key.description, $0.value) }),
      ingest: Ingest(
        applied: status.ingest.applied, appliedPerSecond: status.ingest.appliedPerSecond,
        freshnessLagMilliseconds: Quantiles(p50: lag.p50, p99: lag.p99), pausedBecause: status.ingest.pausedBecause,
        queuedRecords: status.ingest.queuedRecords, isExhausted: status.ingest.isExhausted),
      rebuild: status.rebuild.map {
        Rebuild(
          generation: $0.generation, reason: $0.reason, stage: $0.stage.rawValue, fractionDone: $0.fractionDone,
          remainingSeconds: $0.remainingSeconds)
      },
      lastRejection: status.lastRejection, searches: status.searches,
      searchNanoseconds: Quantiles(p50: status.searchNanoseconds.p50, p99: status.searchNanoseconds.p99),
      uptimeSeconds: status.uptimeSeconds)
  }
}
