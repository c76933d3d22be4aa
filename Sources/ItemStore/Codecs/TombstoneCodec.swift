// Owns the value of `tombstones`. Invariant: the sequence stands first, as in items.

import IndexModel
import TierEngine

/// sequence u64, whether there is a version u8, version u64, position, time.
enum TombstoneCodec {
  static func encode(_ tombstone: Tombstone, into encoder: inout RecordEncoder) {
    encoder.append(tombstone.sequence.rawValue)
    encoder.append(UInt8(tombstone.version == nil ? 0 : 1))
    encoder.append(tombstone.version ?? 0)
    encoder.append(tombstone.position)
    encoder.append(tombstone.time)
  }

  static func decode(_ value: RawSpan) throws -> Tombstone {
    var decoder = RecordDecoder()
    let sequence = try decoder.sequence(value, "sequence")
    let hasVersion = try decoder.integer(value, "version", as: UInt8.self) != 0
    let version: UInt64 = try decoder.integer(value, "version")
    let position = try decoder.position(value)
    let time = try decoder.time(value)
    try decoder.finish(value)
    return Tombstone(sequence: sequence, version: hasVersion ? version : nil, position: position, time: time)
  }

  /// The tombstone's sequence alone.
  static func decodeSequence(_ value: RawSpan) throws -> SequenceNumber {
    var decoder = RecordDecoder()
    return try decoder.sequence(value, "sequence")
  }
}
