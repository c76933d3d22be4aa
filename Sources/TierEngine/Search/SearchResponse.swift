// Owns what a search answers. Invariant 8: every answer names the positions it saw.

import IndexModel

/// The answer to a search, from one tier set at one searchable sequence.
public struct SearchResponse: Sendable, Hashable {
  /// Best first; equal scores by id.
  public var hits: [Hit]
  /// The source positions that the answer reflects: every event before them. An item that went on changing while the
  /// answer was made may be shown as a later event left it; its hit then has a sequence above `searchableSequence`.
  public var positions: SourcePositions
  /// The sequence up to which mutations were visible.
  public var searchableSequence: SequenceNumber
  /// The generation that was asked; `nil` where none serves yet.
  public var generation: UInt64?
  /// The model whose vectors were compared.
  public var model: ModelIdentity
  /// How long the search took inside the engine, query embedding included.
  public var durationNanoseconds: UInt64

  /// Describes an answer.
  public init(
    hits: [Hit], positions: SourcePositions, searchableSequence: SequenceNumber, generation: UInt64?,
    model: ModelIdentity, durationNanoseconds: UInt64
  ) {
    self.hits = hits
    self.positions = positions
    self.searchableSequence = searchableSequence
    self.generation = generation
    self.model = model
    self.durationNanoseconds = durationNanoseconds
  }
}

/// An item as a look-up shows it.
public struct ItemView: Sendable, Hashable {
  /// The item.
  public var id: ItemID
  /// The mutation that last changed it.
  public var sequence: SequenceNumber
  /// The version in `version: field`.
  public var version: UInt64?
  /// The event that last changed it.
  public var position: EventPosition
  /// When that event happened.
  public var time: EventTime
  /// The item's attributes.
  public var attributes: Attributes
  /// Whether its vector is a stand-in.
  public var isProvisional: Bool
  /// The model that made its vector.
  public var model: ModelIdentity
  /// Its vector, where asked for.
  public var vector: [Float]?
  /// The source positions that this look-up reflects.
  public var positions: SourcePositions

  /// Describes an item.
  public init(
    id: ItemID, sequence: SequenceNumber, version: UInt64?, position: EventPosition, time: EventTime,
    attributes: Attributes, isProvisional: Bool, model: ModelIdentity, vector: [Float]?, positions: SourcePositions
  ) {
    self.id = id
    self.sequence = sequence
    self.version = version
    self.position = position
    self.time = time
    self.attributes = attributes
    self.isProvisional = isProvisional
    self.model = model
    self.vector = vector
    self.positions = positions
  }
}
