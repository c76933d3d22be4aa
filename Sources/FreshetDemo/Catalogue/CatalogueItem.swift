// Owns one item of the demo's catalogue and its form as an event on the topic.

import Foundation

/// One Debian package as an item.
struct CatalogueItem: Sendable, Hashable {
  /// The package's name.
  var id: String
  /// Its short description.
  var title: String
  /// Its long description; empty where there is none.
  var description: String
  /// What filters could use.
  var attributes: Attributes

  /// The attributes of a package.
  struct Attributes: Sendable, Hashable, Codable {
    var section: String
    var version: String
    var installedSizeKiB: Int
  }

  /// The JSON of the event by which the item comes to be as it is.
  func upsertEvent() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(
      try encoder.encode(
        UpsertEvent(
          id: id, content: UpsertEvent.Content(title: title, description: description.isEmpty ? nil : description),
          attributes: attributes)))
  }
}

/// The JSON of an upsert.
private struct UpsertEvent: Encodable {
  struct Content: Encodable {
    var title: String
    var description: String?
  }

  var op = "upsert"
  var id: String
  var content: Content
  var attributes: CatalogueItem.Attributes
}
