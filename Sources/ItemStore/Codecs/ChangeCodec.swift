// Owns the value of `changes`: what happened to which item at a sequence.

import IndexModel

/// What a row of `changes` says of its item.
enum ChangeKind: UInt8 {
  case upsert = 1
  case delete = 2
}

/// kind u8, id.
enum ChangeCodec {
  static func encode(_ kind: ChangeKind, _ id: ItemID, into encoder: inout RecordEncoder) {
    encoder.append(kind.rawValue)
    encoder.appendRest(id.rawValue)
  }

  static func decode(_ value: RawSpan) throws -> (ChangeKind, ItemID) {
    var decoder = RecordDecoder()
    let mark: UInt8 = try decoder.integer(value, "kind")
    guard let kind = ChangeKind(rawValue: mark) else { throw RecordFailure("unknown kind of change \(mark)") }
    guard let id = ItemID(try decoder.restText(value, "id")) else { throw RecordFailure("its id is empty or too long") }
    return (kind, id)
  }
}
