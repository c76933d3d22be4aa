// Owns the body of a search as the command sends it, and the answer as far as it is printed.

/// What is asked; absent members are left out.
struct SearchBody: Encodable, Equatable {
  var text: String?
  var vector: [Double]?
  var model: String?
  var like: String?
  var k: Int
  var ef: Int?
  var tiers: String
  var include: [String]
}

/// What is answered.
struct SearchAnswer: Decodable {
  struct Hit: Decodable {
    var id: String
    var score: Double
    var tier: String
    var sequence: UInt64
    var position: String
    var eventTime: String?
    var provisional: Bool
    var attributes: [String: AttributeText]?
  }

  var hits: [Hit]
  var tookMicroseconds: Int64
  var generation: UInt64?
}

/// An attribute as text, whatever its type.
struct AttributeText: Decodable, Equatable, CustomStringConvertible {
  let description: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      description = text
    } else if let boolean = try? container.decode(Bool.self) {
      description = String(boolean)
    } else if let integer = try? container.decode(Int64.self) {
      description = String(integer)
    } else if let number = try? container.decode(Double.self) {
      description = String(number)
    } else {
      description = try container.decode([String].self).joined(separator: ", ")
    }
  }
}
