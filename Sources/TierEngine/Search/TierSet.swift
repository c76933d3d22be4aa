// Owns what one search sees. Invariant 3: one tier set, one searchable sequence per search; the writer publishes a new
// one by a single release-store, after every row and mark that it promises is in place.

import Atomics
import IndexModel

/// An immutable picture of both tiers as of one searchable sequence, with the positions it reflects.
final class TierSet: AtomicReference, Sendable {
  let fresh: FreshView
  let generation: Generation?
  let positions: SourcePositions

  init(fresh: FreshView, generation: Generation?, positions: SourcePositions) {
    self.fresh = fresh
    self.generation = generation
    self.positions = positions
  }

  /// Mutations up to this one are visible.
  var searchableSequence: SequenceNumber { fresh.ceiling }

  /// The nearest visible items of the selected tiers.
  func search(_ query: Span<Float>, k: Int, ef: Int, tiers: SearchRequest.TierSelection) -> [TierCandidate] {
    var candidates: [TierCandidate] = []
    if tiers != .main { candidates += fresh.search(query, k: k) }
    if tiers != .fresh, let generation {
      candidates += generation.search(query, k: k, ef: ef, ceiling: searchableSequence)
    }
    return TierCandidate.best(k, of: candidates)
  }
}

/// The place where readers find the newest tier set.
final class PublishedTierSet: Sendable {
  private let current: ManagedAtomic<TierSet>

  init(_ tierSet: TierSet) {
    current = ManagedAtomic(tierSet)
  }

  /// The newest tier set. From any thread, without a lock.
  func capture() -> TierSet { current.load(ordering: .acquiring) }

  /// Replaces it. Writer thread only.
  func publish(_ tierSet: TierSet) { current.store(tierSet, ordering: .releasing) }
}
