// Owns the decoded event: one item change as the source told it, before any decision about it.

/// One item change read from a source.
public struct ItemEvent: Sendable, Hashable {
  /// What happened to the item.
  public enum Operation: Sendable, Hashable {
    /// The item exists now as described.
    case upsert(Upsert)
    /// The item is gone.
    case delete
  }

  /// The state that an upsert sets.
  public struct Upsert: Sendable, Hashable {
    /// What is embedded: the mapped content fields in order, joined and normalised. `nil` where the event brings none.
    public var text: String?
    /// A vector made elsewhere; then no text is embedded.
    public var vector: SuppliedVector?
    /// The item's attributes, which replace the former ones.
    public var attributes: Attributes

    /// Describes an upsert.
    public init(text: String? = nil, vector: SuppliedVector? = nil, attributes: Attributes = [:]) {
      self.text = text
      self.vector = vector
      self.attributes = attributes
    }
  }

  /// A vector that an event brings, with the model it names.
  public struct SuppliedVector: Sendable, Hashable {
    /// Finite components, as many as the index has dimensions.
    public var values: [Float]
    /// The `model` beside the vector; `nil` where the topology declares one for all events.
    public var model: String?

    /// Pairs a vector with its model's name.
    public init(values: [Float], model: String? = nil) {
      self.values = values
      self.model = model
    }
  }

  /// The item.
  public var id: ItemID
  /// What happened.
  public var operation: Operation
  /// The version in the event (`version: field`), never read through a Double.
  public var version: UInt64?
  /// Where the event stands in the log.
  public var position: EventPosition
  /// When it happened, by the record's timestamp.
  public var time: EventTime

  /// Describes an event.
  public init(
    id: ItemID, operation: Operation, version: UInt64? = nil, position: EventPosition, time: EventTime
  ) {
    self.id = id
    self.operation = operation
    self.version = version
    self.position = position
    self.time = time
  }
}
