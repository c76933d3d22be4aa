// Owns one change of the live stream and its record on the topic.

import KafkaClient

/// What happens to one item.
enum CatalogueChange: Sendable, Hashable {
  /// A held-back package appears.
  case added(CatalogueItem)
  /// A package gets a new version and another description.
  case changed(CatalogueItem)
  /// A package is gone.
  case deleted(id: String)

  /// The item's id.
  var id: String {
    switch self {
    case .added(let item), .changed(let item): item.id
    case .deleted(let id): id
    }
  }

  /// The change as a record keyed by id; a delete is a record without a value.
  func record(topic: String) throws -> KafkaOutgoingRecord {
    let value: [UInt8]? =
      switch self {
      case .added(let item), .changed(let item): try item.upsertEvent()
      case .deleted: nil
      }
    return KafkaOutgoingRecord(topic: topic, key: Array(id.utf8), value: value)
  }
}
