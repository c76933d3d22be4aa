// Owns what travels between the stages of ingest. Invariant: every record read becomes exactly one entry, in order
// within its partition, so that positions advance only over a contiguous prefix.

import IndexModel

/// A record after decoding.
struct DecodedEntry: Sendable {
  /// Where the record stands, and the position once it is applied.
  var progress: RecordProgress
  /// The event, or why there is none.
  var content: Content

  enum Content: Sendable {
    case event(ItemEvent, RawRecord)
    case poison(DeadLetter)
  }
}

/// A record's bytes, kept until it is applied, because parking keeps a record as it came.
struct RawRecord: Sendable {
  var key: [UInt8]?
  var value: [UInt8]?

  /// Bytes of key and value.
  var byteCount: Int { (key?.count ?? 0) + (value?.count ?? 0) }
}

/// What applying one record does to its partition's position.
struct RecordProgress: Sendable {
  var position: EventPosition
  var nextOffset: Int64
  /// Whether the position may go back to this record.
  var followsReset: Bool
}

/// A record that is ready for the store.
struct PreparedEntry: Sendable {
  var progress: RecordProgress
  var content: Content

  enum Content: Sendable {
    case mutation(ItemEvent, VectorSource, RawRecord)
    case poison(DeadLetter)
  }

  /// The record as it came.
  var raw: RawRecord {
    switch content {
    case .mutation(_, _, let raw): raw
    case .poison(let letter): RawRecord(key: letter.key, value: letter.value)
    }
  }

  /// Where the vector of an upsert comes from.
  enum VectorSource: Sendable {
    /// Computed or supplied; `contentHash` names the text it was computed from.
    case new(ArraySlice<Float>, contentHash: ContentHash?)
    /// The stored one, as long as it was made from the text with this hash.
    case stored(ContentHash)
    /// None: a delete, or an event already known to be stale.
    case none
  }
}
