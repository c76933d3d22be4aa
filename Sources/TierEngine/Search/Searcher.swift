// Owns the way of a query: query vector → one tier set → both tiers → merge → the items' rows. Blocking; runs on a
// search thread. Invariant 3: the answer comes from one tier set; a hit whose item changed since is not shown stale.

import IndexModel
import VectorIndex

/// Answers searches and look-ups.
struct Searcher: Sendable {
  /// How often a tier set is asked before items that changed under the query are scored anew.
  private static let attemptsMax = 4

  let configuration: EngineConfiguration
  let ports: EnginePorts
  let published: PublishedTierSet

  /// Answers `request`. Throws `SearchError` or `StoreError`.
  func search(_ request: SearchRequest) throws -> SearchResponse {
    let started = ports.clock.monotonicNanoseconds
    try validate(request)
    let query = try vector(for: request.query)
    let excluded: ItemID? = if case .like(let id) = request.query { id } else { nil }
    // An item that changed after the tier set was captured is in the next one: ask that one, and for a few more
    // candidates. Where items go on changing under the query, they are scored by the vector they have now.
    var spare = excluded == nil ? 0 : 1
    var attempt = 1
    while true {
      let tierSet = published.capture()
      let candidates = tierSet.search(
        query.span, k: request.k + spare, ef: ef(for: request, on: tierSet), tiers: request.tiers
      ).filter { $0.id != excluded }
      let (found, changed) = try look(
        up: candidates, query: query, asOf: tierSet.searchableSequence, rescoresChanged: attempt == Self.attemptsMax,
        for: request)
      if changed > 0, attempt < Self.attemptsMax {
        spare += 2 * changed
        attempt += 1
        continue
      }
      return SearchResponse(
        hits: Array(found.prefix(request.k)), positions: tierSet.positions,
        searchableSequence: tierSet.searchableSequence, generation: tierSet.generation?.record.number,
        model: configuration.metadata.model, durationNanoseconds: ports.clock.monotonicNanoseconds - started)
    }
  }

  /// Looks up one item. Throws `StoreError`.
  func item(_ id: ItemID, includesVector: Bool) throws -> ItemView? {
    try ports.store.read { reader in
      guard let item = try reader.item(id) else { return nil }
      let positions = SourcePositions(try reader.positions().mapValues(\.nextOffset))
      return ItemView(
        id: id, sequence: item.sequence, version: item.version, position: item.position, time: item.time,
        attributes: item.attributes, isProvisional: item.isProvisional, model: configuration.metadata.model,
        vector: includesVector ? try reader.vector(item.vectorSequence) : nil, positions: positions)
    }
  }

  private func validate(_ request: SearchRequest) throws {
    guard (1...configuration.search.kMax).contains(request.k) else {
      throw SearchError.invalid(field: "k", reason: "is \(request.k); ask for 1...\(configuration.search.kMax)")
    }
    if let ef = request.ef, !(1...configuration.main.efMax).contains(ef) {
      throw SearchError.invalid(field: "ef", reason: "is \(ef); ask for 1...\(configuration.main.efMax)")
    }
  }

  /// The width of the walk: what was asked for, else at least the width at which the generation proved its recall.
  private func ef(for request: SearchRequest, on tierSet: TierSet) -> Int {
    request.ef ?? max(configuration.main.ef, tierSet.generation?.record.probe.ef ?? 0)
  }

  private func vector(for query: SearchRequest.Query) throws -> [Float] {
    let model = configuration.metadata.model
    switch query {
    case .text(let text):
      guard let encoder = ports.encoder else { throw SearchError.noEncoder }
      do {
        return try encoder.encode([text], role: .query)
      } catch let error as EncodingError {
        throw SearchError.encoding(error.message)
      }
    case .vector(let values, let name):
      if let name, name != model.name, name != model.fingerprint {
        throw SearchError.wrongModel(given: name, expected: model)
      }
      if name == nil, !configuration.search.assumesModel { throw SearchError.modelMissing(expected: model) }
      guard values.count == model.dimension else {
        throw SearchError.wrongDimension(given: values.count, expected: model.dimension)
      }
      guard values.allSatisfy(\.isFinite) else {
        throw SearchError.invalid(field: "vector", reason: "has a component that is not finite")
      }
      var query = values
      if configuration.metadata.metric == .cosine, !VectorMath.normalize(&query) {
        throw SearchError.invalid(field: "vector", reason: "has no direction, so cosine cannot compare it")
      }
      return query
    case .like(let id):
      let stored = try ports.store.read { reader in
        try reader.item(id).flatMap { try reader.vector($0.vectorSequence) }
      }
      guard let stored else { throw SearchError.unknownItem(id) }
      return stored
    }
  }

  /// The items' rows, in one read transaction. An item that a mutation after `searchable` changed is left out and
  /// counted, or scored by the vector it has now.
  private func look(
    up candidates: [TierCandidate], query: [Float], asOf searchable: SequenceNumber, rescoresChanged: Bool,
    for request: SearchRequest
  ) throws -> (hits: [Hit], changed: Int) {
    try ports.store.read { reader in
      var hits: [Hit] = []
      hits.reserveCapacity(candidates.count)
      var changed = 0
      for candidate in candidates {
        let item = try reader.item(candidate.id)
        var score = candidate.score
        if item?.vectorSequence != candidate.vectorSequence || (item?.sequence ?? .zero) > searchable {
          changed += 1
          guard rescoresChanged, let item, let current = try reader.vector(item.vectorSequence) else { continue }
          score = VectorMath.score(query.span, current.span, metric: configuration.metadata.metric)
        }
        guard let item else { continue }
        hits.append(
          Hit(
            id: candidate.id, score: score, tier: candidate.tier, sequence: item.sequence, position: item.position,
            time: item.time, isProvisional: item.isProvisional,
            attributes: request.includesAttributes ? item.attributes : nil,
            vector: request.includesVectors ? try reader.vector(item.vectorSequence) : nil))
      }
      if changed > 0 { hits.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score } }
      return (hits, changed)
    }
  }
}
