// Owns what an event's JSON says, typed but not yet judged: the meeting point of the two decoding paths.

import IndexModel

/// The mapped members of one event, absent ones as `nil`.
struct EventFields: Equatable {
  /// What the event asks for.
  enum Operation: String, CaseIterable {
    case upsert
    case delete
  }

  var id: String?
  var operation: Operation = .upsert
  var version: UInt64?
  /// The texts of the content fields that are present, in the mapping's order, as they came.
  var texts: [String] = []
  var attributes: Attributes = [:]
  var vector: [Float]?
  var model: String?
}
