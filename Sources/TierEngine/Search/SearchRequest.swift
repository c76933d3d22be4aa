// Owns what a search asks for. Invariant 7: a supplied vector names its model, unless the topology declares one.

import IndexModel

/// A search for the items nearest to a text, a vector or another item.
public struct SearchRequest: Sendable, Hashable {
  /// What the hits are to be near to.
  public enum Query: Sendable, Hashable {
    /// A text, embedded by the index's own query encoder.
    case text(String)
    /// A vector, and the model that made it.
    case vector([Float], model: String?)
    /// The stored vector of an item; the item itself is not among the hits.
    case like(ItemID)
  }

  /// Which tiers are asked.
  public enum TierSelection: String, Sendable, Hashable, CaseIterable {
    /// Only the newest items, exactly.
    case fresh
    /// Only the generation.
    case main
    /// Both, merged.
    case both
  }

  /// What the hits are to be near to.
  public var query: Query
  /// How many hits, from 1.
  public var k: Int
  /// How widely the graph is walked; `nil` takes the index's default. Raised to `k` where it is less.
  public var ef: Int?
  /// Which tiers are asked.
  public var tiers: TierSelection
  /// Whether hits carry their attributes.
  public var includesAttributes: Bool
  /// Whether hits carry their vectors.
  public var includesVectors: Bool

  /// Describes a search.
  public init(
    query: Query, k: Int = 10, ef: Int? = nil, tiers: TierSelection = .both, includesAttributes: Bool = false,
    includesVectors: Bool = false
  ) {
    self.query = query
    self.k = k
    self.ef = ef
    self.tiers = tiers
    self.includesAttributes = includesAttributes
    self.includesVectors = includesVectors
  }
}
