// Owns an item as far as it is printed.

/// What `GET /v1/items/{id}` answers.
struct ItemAnswer: Decodable {
  struct Model: Decodable {
    var name: String
  }

  var id: String
  var sequence: UInt64
  var position: String
  var eventTime: String?
  var version: UInt64?
  var provisional: Bool
  var attributes: [String: AttributeText]
  var model: Model
  var vector: [Double]?
}
