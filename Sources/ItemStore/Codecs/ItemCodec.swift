// Owns the value of `items`. Invariant: the sequence stands first, so that an item's change is found without the rest.

import IndexModel
import TierEngine

/// sequence u64, vector's sequence u64, flags u8, version u64 (flag 1), content hash 2 x u64 (flag 2), position, time,
/// attributes. Flag 4: provisional.
enum ItemCodec {
  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let version = Flags(rawValue: 1)
    static let contentHash = Flags(rawValue: 2)
    static let provisional = Flags(rawValue: 4)
    static let all: Flags = [.version, .contentHash, .provisional]
  }

  static func encode(_ item: StoredItem, into encoder: inout RecordEncoder) {
    var flags: Flags = item.isProvisional ? .provisional : []
    if item.version != nil { flags.insert(.version) }
    if item.contentHash != nil { flags.insert(.contentHash) }
    encoder.append(item.sequence.rawValue)
    encoder.append(item.vectorSequence.rawValue)
    encoder.append(flags.rawValue)
    if let version = item.version { encoder.append(version) }
    if let hash = item.contentHash {
      encoder.append(hash.high)
      encoder.append(hash.low)
    }
    encoder.append(item.position)
    encoder.append(item.time)
    AttributeCodec.encode(item.attributes, into: &encoder)
  }

  static func decode(_ value: RawSpan) throws -> StoredItem {
    var decoder = RecordDecoder()
    let sequence = try decoder.sequence(value, "sequence")
    let vectorSequence = try decoder.sequence(value, "vector's sequence")
    let flags = Flags(rawValue: try decoder.integer(value, "flags"))
    guard Flags.all.isSuperset(of: flags) else { throw RecordFailure("unknown flags \(flags.rawValue)") }
    let version: UInt64? = flags.contains(.version) ? try decoder.integer(value, "version") : nil
    var contentHash: ContentHash?
    if flags.contains(.contentHash) {
      let high: UInt64 = try decoder.integer(value, "content hash")
      contentHash = ContentHash(high: high, low: try decoder.integer(value, "content hash"))
    }
    let position = try decoder.position(value)
    let time = try decoder.time(value)
    let attributes = try AttributeCodec.decode(value, &decoder)
    try decoder.finish(value)
    return StoredItem(
      sequence: sequence, vectorSequence: vectorSequence, version: version, contentHash: contentHash,
      isProvisional: flags.contains(.provisional), position: position, time: time, attributes: attributes)
  }

  /// The item's sequence alone.
  static func decodeSequence(_ value: RawSpan) throws -> SequenceNumber {
    var decoder = RecordDecoder()
    return try decoder.sequence(value, "sequence")
  }
}
