// Owns the engine that these tests serve: a few items and exact search. Invariant: it refuses what the real engine
// refuses, with the same errors.

import IndexModel
import SearchService
import Synchronization
import TierEngine

/// A backend over a dictionary. `onSearch` runs before each search, so that a test can hold or fail it.
final class InMemoryBackend: SearchBackend {
  static let model = ModelIdentity(name: "unit", fingerprint: "0123456789abcdef", dimension: 3)
  static let partition = SourcePartition(topic: "catalog", partition: 0)

  let items: [ItemID: ItemView]
  let positions: SourcePositions
  let onSearch: @Sendable (SearchRequest) async throws -> Void
  private let state: Mutex<State>

  struct State {
    var readiness = Readiness()
    var rebuild: RebuildStatus?
    var rebuildReasons: [String] = []
    var letters: [DeadLetter] = []
    var failure: (any Error)?
  }

  init(
    items: [ItemView] = InMemoryBackend.catalogue,
    positions: SourcePositions = SourcePositions([InMemoryBackend.partition: 42]),
    onSearch: @escaping @Sendable (SearchRequest) async throws -> Void = { _ in }
  ) {
    self.items = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0) })
    self.positions = positions
    self.onSearch = onSearch
    state = Mutex(State())
  }

  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
  var rebuildReasons: [String] { state.withLock { $0.rebuildReasons } }

  func search(_ request: SearchRequest) async throws -> SearchResponse {
    try await onSearch(request)
    if let failure = state.withLock({ $0.failure }) { throw failure }
    let query = try vector(of: request.query)
    var hits = items.values.map { item in
      Hit(
        id: item.id, score: zip(query, item.vector ?? []).reduce(0) { $0 + $1.0 * $1.1 },
        tier: item.sequence.rawValue.isMultiple(of: 2) ? .main : .fresh, sequence: item.sequence,
        position: item.position, time: item.time, isProvisional: item.isProvisional,
        attributes: request.includesAttributes ? item.attributes : nil,
        vector: request.includesVectors ? item.vector : nil)
    }
    if case .like(let id) = request.query { hits.removeAll { $0.id == id } }
    if request.tiers != .both { hits.removeAll { $0.tier.rawValue != request.tiers.rawValue } }
    hits.sort { ($1.score, $0.id) < ($0.score, $1.id) }
    return SearchResponse(
      hits: Array(hits.prefix(request.k)), positions: positions,
      searchableSequence: SequenceNumber(rawValue: UInt64(items.count)), generation: 7, model: Self.model,
      durationNanoseconds: 1_234_567)
  }

  func item(_ id: ItemID, includeVector: Bool) async throws -> ItemView? {
    var item = items[id]
    if !includeVector { item?.vector = nil }
    return item
  }

  func status() async -> EngineStatus { .example(positions: positions, items: items.count) }
  func readiness() async -> Readiness { state.withLock { $0.readiness } }
  func metricsText() async -> String { "# TYPE freshet_items gauge\nfreshet_items \(items.count)\n" }

  func requestRebuild(reason: String) async throws -> RebuildAnswer {
    state.withLock { state in
      state.rebuildReasons.append(reason)
      return state.rebuild.map { .underWay($0) } ?? .accepted
    }
  }

  func deadLetters(limit: Int) async throws -> [DeadLetter] { state.withLock { Array($0.letters.prefix(limit)) } }

  private func vector(of query: SearchRequest.Query) throws -> [Float] {
    switch query {
    case .text(let text): return Self.embed(text)
    case .like(let id):
      guard let vector = items[id]?.vector else { throw SearchError.unknownItem(id) }
      return vector
    case .vector(let vector, let model):
      guard let model else { throw SearchError.modelMissing(expected: Self.model) }
      guard model == Self.model.name else { throw SearchError.wrongModel(given: model, expected: Self.model) }
      guard vector.count == Self.model.dimension else {
        throw SearchError.wrongDimension(given: vector.count, expected: Self.model.dimension)
      }
      guard vector.contains(where: { $0 != 0 }) else {
        throw SearchError.invalid(field: "vector", reason: "is zero, which has no direction to compare by cosine")
      }
      return vector
    }
  }

  /// Counts of a, b and c: enough to tell texts apart.
  static func embed(_ text: String) -> [Float] {
    ["a", "b", "c"].map { letter in Float(text.filter { String($0) == letter }.count) }
  }
}

extension InMemoryBackend {
  /// Items whose ids and attributes hold what JSON and URLs must escape.
  static let catalogue: [ItemView] = [
    make("plain", 1, [1, 0, 0], ["title": .string("Plain"), "price": .number(1.5), "stock": .integer(Int64.max)]),
    make("with/slash", 2, [0, 1, 0], ["tags": .strings(["x", "y"]), "live": .boolean(true)]),
    make("quote\"back\\slash", 3, [0, 0, 1], ["line\nbreak": .string("tab\tnul\u{0}")]),
    make("straße 東京 🦆?&#", 4, [0.5, 0.5, 0], [:]),
    make("percent%2F", 5, [0.1, 0.2, 0.3], [:], isProvisional: true, version: UInt64.max),
  ].compactMap { $0 }

  private static func make(
    _ id: String, _ sequence: UInt64, _ vector: [Float], _ attributes: Attributes, isProvisional: Bool = false,
    version: UInt64? = nil
  ) -> ItemView? {
    ItemID(id).map { id in
      ItemView(
        id: id, sequence: SequenceNumber(rawValue: sequence), version: version,
        position: EventPosition(partition: partition, offset: Int64(sequence) * 10),
        time: EventTime(millisecondsSince1970: 1_700_000_000_000 + Int64(sequence)), attributes: attributes,
        isProvisional: isProvisional, model: model, vector: vector, positions: SourcePositions([partition: 42]))
    }
  }
}

extension EngineStatus {
  /// A status whose every field has a value of its own.
  static func example(positions: SourcePositions, items: Int) -> EngineStatus {
    EngineStatus(
      name: "unit", model: InMemoryBackend.model, metric: .cosine, items: items, tombstones: 2, deadLetters: 3,
      fresh: FreshTierStatus(rows: 4, superseded: 1, capacityRows: 100),
      main: MainTierStatus(
        generation: 7, rows: 50, superseded: 6, watermark: SequenceNumber(rawValue: 40), recallAt10: 0.987,
        promotedAt: EventTime(millisecondsSince1970: 1_700_000_000_000)),
      durableSequence: SequenceNumber(rawValue: 61), searchableSequence: SequenceNumber(rawValue: 60),
      positions: positions, recordsBehind: [InMemoryBackend.partition: 9],
      ingest: IngestStatus(
        recordsRead: 70, applied: 60, droppedStale: 5, parked: 3, embedded: 55, appliedPerSecond: 12.5,
        freshnessLagMilliseconds: Percentiles(p50: 3, p99: 20), pausedBecause: "queue full", queuedRecords: 8,
        isExhausted: false),
      rebuild: .example, lastRejection: "recall@10 0.71 is under 0.95", searches: 99,
      searchNanoseconds: Percentiles(p50: 1000, p99: 9000), uptimeSeconds: 12.25)
  }
}

extension RebuildStatus {
  static let example = RebuildStatus(
    generation: 8, reason: "age", stage: .build, fractionDone: 0.5, elapsedSeconds: 3, remainingSeconds: 3)
}
