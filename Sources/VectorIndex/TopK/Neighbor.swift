// Owns what a search of rows returns.

/// A row that a search found.
public struct Neighbor: Sendable, Hashable {
  /// The row in its block.
  public var row: Int
  /// How near it is; higher is nearer, see `Metric`.
  public var score: Float

  /// Pairs a row with its score.
  public init(row: Int, score: Float) {
    self.row = row
    self.score = score
  }
}
