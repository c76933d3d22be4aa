// Owns how a graph is built. Invariant: the same parameters and rows give the same graph.

/// The parameters of an HNSW build (Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search
/// using Hierarchical Navigable Small World graphs", 2018).
public struct HNSWParameters: Sendable, Hashable, Codable {
  /// Links that a new row makes on each level; level 0 holds up to twice as many a row. 2...256.
  public var m = 16
  /// Candidates looked at when a row is linked. At least `m`.
  public var efConstruction = 200
  /// Draws the rows' levels.
  public var seed: UInt64 = 0

  /// Sets the parameters.
  public init(m: Int = 16, efConstruction: Int = 200, seed: UInt64 = 0) {
    self.m = m
    self.efConstruction = efConstruction
    self.seed = seed
  }
}
