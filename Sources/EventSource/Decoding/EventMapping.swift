// Owns what a topology says about the JSON of its events: where each part stands, and what is accepted.

import IndexModel
import TierEngine

/// Where the parts of an event stand in its JSON object, and the limits they must keep.
///
/// Field names are paths: `content.title` is the member `title` of the object `content`. A member that is `null` counts
/// as absent, everywhere.
public struct EventMapping: Sendable, Hashable {
  /// The item's id: a string, or an integer, whose digits are then the id. Where it is absent the record's key is the
  /// id.
  public var idField: String
  /// `upsert` or `delete`; absent means upsert.
  public var opField: String
  /// An unsigned 64-bit integer; read under `VersionDomain.field` only. `nil` where events carry none.
  public var versionField: String?
  /// The fields that are embedded, in this order: strings or arrays of strings.
  public var contentFields: [String]
  /// What stands between the texts of two content fields.
  public var separator: String
  /// An object of strings, numbers, booleans and arrays of strings. Nested objects become dotted names.
  public var attributesField: String
  /// An array of numbers made elsewhere; then no text is embedded.
  public var vectorField: String
  /// The name of the model that made the vector.
  public var modelField: String

  /// The model of the index: a supplied vector must have its dimension, and name it (or its fingerprint) as its model.
  public var model: ModelIdentity
  /// Whether a vector without a model's name is refused. `false` where the topology declares one model for all.
  public var modelRequired: Bool
  /// How vectors are compared. Under cosine a zero vector is refused; others are left as given.
  public var metric: Metric
  /// Whether the version in the event is read.
  public var versionDomain: VersionDomain

  /// The longest text accepted after normalisation, in bytes of UTF-8.
  public var contentBytesMax: Int
  /// The most that names and texts of all attributes may take, in bytes of UTF-8, plus one byte for each other value.
  public var attributesBytesMax: Int
  /// The longest record accepted, key and value together, in bytes.
  public var recordBytesMax: Int

  /// Describes events; the defaults are the plain form
  /// `{"op", "id", "version", "text", "attributes", "vector", "model"}`.
  public init(
    idField: String = "id", opField: String = "op", versionField: String? = "version",
    contentFields: [String] = ["text"], separator: String = "\n", attributesField: String = "attributes",
    vectorField: String = "vector", modelField: String = "model",
    model: ModelIdentity, modelRequired: Bool = true, metric: Metric, versionDomain: VersionDomain,
    contentBytesMax: Int = 128 * 1024, attributesBytesMax: Int = 64 * 1024, recordBytesMax: Int = 1024 * 1024
  ) {
    self.idField = idField
    self.opField = opField
    self.versionField = versionField
    self.contentFields = contentFields
    self.separator = separator
    self.attributesField = attributesField
    self.vectorField = vectorField
    self.modelField = modelField
    self.model = model
    self.modelRequired = modelRequired
    self.metric = metric
    self.versionDomain = versionDomain
    self.contentBytesMax = contentBytesMax
    self.attributesBytesMax = attributesBytesMax
    self.recordBytesMax = recordBytesMax
  }
}
