// Owns the parts of the HTTP interface's answers that the demo reads.

/// The answer to a search.
struct SearchAnswer: Decodable, Sendable {
  /// One found item.
  struct Hit: Decodable, Sendable {
    var id: String
    var score: Float
    var tier: String
    var sequence: UInt64
    var position: String
    var eventTime: String
  }

  var hits: [Hit]
  var generation: UInt64?
  var tookMicroseconds: UInt64
}

/// An item as it is looked up.
struct ItemAnswer: Decodable, Sendable {
  var id: String
  var sequence: UInt64
  var attributes: CatalogueItem.Attributes
}

/// The state of the index.
struct StatusAnswer: Decodable, Sendable {
  /// The main tier.
  struct Main: Decodable, Sendable {
    var generation: UInt64
    var rows: Int
  }

  var items: Int
  var main: Main?
}
