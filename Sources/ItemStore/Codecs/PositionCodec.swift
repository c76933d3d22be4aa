// Owns the value of `positions`.

import TierEngine

/// next offset i64, whether there is a last offset u8, last offset i64, hash of the last record u64.
enum PositionCodec {
  static func encode(_ position: StoredPosition, into encoder: inout RecordEncoder) {
    encoder.append(position.nextOffset)
    encoder.append(UInt8(position.lastOffset == nil ? 0 : 1))
    encoder.append(position.lastOffset ?? 0)
    encoder.append(position.lastRecordHash)
  }

  static func decode(_ value: RawSpan) throws -> StoredPosition {
    var decoder = RecordDecoder()
    let nextOffset: Int64 = try decoder.integer(value, "next offset")
    let hasLastOffset = try decoder.integer(value, "last offset", as: UInt8.self) != 0
    let lastOffset: Int64 = try decoder.integer(value, "last offset")
    let hash: UInt64 = try decoder.integer(value, "hash of the last record")
    try decoder.finish(value)
    return StoredPosition(
      nextOffset: nextOffset, lastOffset: hasLastOffset ? lastOffset : nil, lastRecordHash: hash)
  }
}
