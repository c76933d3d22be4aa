// Owns how a record's JSON is understood as an event.

/// Where the parts of an event stand in a record, and how large they may be.
public struct DecodeSettings: Sendable, Hashable {
  /// The item's id.
  public var idField = FieldPath(key: "id")
  /// What happened: `upsert` or `delete`.
  public var opField = FieldPath(key: "op")
  /// The item's version, read where `version` is `field`.
  public var versionField = FieldPath(key: "version")
  /// The texts that are embedded, in this order.
  public var contentFields = [FieldPath(key: "text")]
  /// The item's attributes.
  public var attributesField = FieldPath(key: "attributes")
  /// A vector made elsewhere.
  public var vectorField = FieldPath(key: "vector")
  /// The model that made that vector.
  public var modelField = FieldPath(key: "model")
  /// Whether a vector must name its model; `nil` is: unless the topology declares the model.
  public var modelRequired: Bool?
  /// The longest content, after the texts are joined and normalised.
  public var contentBytesMax = 131_072
  /// The most that all attributes of an item may take.
  public var attributesBytesMax = 65_536
  /// The longest record, key and value together.
  public var recordBytesMax = 1_048_576
}

extension DecodeSettings: TopologySection {
  static var section: SectionSpec<DecodeSettings> {
    SectionSpec(
      about: "Where the parts of an event stand in a record's JSON. Paths are dotted and start at the event's root.",
      [
        .defaulted(
          "idField", \.idField, .fieldPath,
          "The item's id: text of 1 to 480 bytes, or a whole number. Where absent, the record's key is the id."),
        .defaulted("opField", \.opField, .fieldPath, "What happened: `upsert` (where absent) or `delete`."),
        .defaulted(
          "versionField", \.versionField, .fieldPath,
          "The item's version, an unsigned 64-bit integer; read where `version` is `field`."),
        .defaulted(
          "contentFields", \.contentFields, .list(of: .fieldPath, count: 1...64),
          "The texts, or lists of texts, that are embedded, joined in this order; absent ones are skipped."),
        .defaulted(
          "attributesField", \.attributesField, .fieldPath,
          "The item's attributes: an object of texts, numbers, booleans and lists of texts."),
        .defaulted("vectorField", \.vectorField, .fieldPath, "A vector made elsewhere; then no text is embedded."),
        .defaulted("modelField", \.modelField, .fieldPath, "The model that made that vector."),
        .optional(
          "modelRequired", \.modelRequired, .boolean, absent: "`true`, unless `embed.none.model` declares the model",
          "Whether a vector must name its model. Vectors of different models are never compared."),
        .defaulted(
          "contentBytesMax", \.contentBytesMax, .integer(1...1_073_741_824, unit: "bytes"),
          "The longest content; an event with more is parked as a dead letter."),
        .defaulted(
          "attributesBytesMax", \.attributesBytesMax, .integer(0...1_073_741_824, unit: "bytes"),
          "The most that names and texts of an item's attributes may take; an event with more is parked."),
        .defaulted(
          "recordBytesMax", \.recordBytesMax, .integer(1024...1_073_741_824, unit: "bytes"),
          "The longest record, key and value together; a longer one is parked as a dead letter."),
      ])
  }
}
