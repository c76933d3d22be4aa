// Owns the answer to a search: hits that say where each of them came from.

/// The role of the index part that found a hit.
public enum Tier: String, Sendable, Hashable, CaseIterable {
  /// Exact, the newest items.
  case fresh
  /// Approximate, everything up to a watermark.
  case main
}

/// One found item.
public struct Hit: Sendable, Hashable {
  /// The item.
  public var id: ItemID
  /// Likeness to the query; higher is nearer, whatever the metric.
  public var score: Float
  /// The tier that held the vector.
  public var tier: Tier
  /// The mutation that last changed the item.
  public var sequence: SequenceNumber
  /// The event that last changed the item.
  public var position: EventPosition
  /// When that event happened.
  public var time: EventTime
  /// Whether the vector is a stand-in that will be replaced by a real embedding.
  public var isProvisional: Bool
  /// The item's attributes, where the request asked for them.
  public var attributes: Attributes?
  /// The item's vector, where the request asked for it.
  public var vector: [Float]?

  /// Describes a hit.
  public init(
    id: ItemID, score: Float, tier: Tier, sequence: SequenceNumber, position: EventPosition, time: EventTime,
    isProvisional: Bool = false, attributes: Attributes? = nil, vector: [Float]? = nil
  ) {
    self.id = id
    self.score = score
    self.tier = tier
    self.sequence = sequence
    self.position = position
    self.time = time
    self.isProvisional = isProvisional
    self.attributes = attributes
    self.vector = vector
  }
}
