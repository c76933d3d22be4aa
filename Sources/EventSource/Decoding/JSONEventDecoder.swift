// Owns the way from a record's bytes to an event. Invariant: both paths, the scanner of the plain shape and the full
// parser, give the same answer; the scanner only ever answers "this event" or "ask the parser".

import IndexModel
import TierEngine

/// Decodes events of the form
/// `{"op": "upsert"|"delete", "id", "version", "content": {...} | "text", "attributes": {...}, "vector": [...],
/// "model"}` with the field names of an `EventMapping`; a record with a key and no value deletes the item that the key
/// names.
///
/// Strict: RFC 8259 without extensions, no duplicate members, no lone surrogates. Integers never pass through a
/// `Double`; components of vectors are the nearest `Float` to their decimal form. Members that the mapping does not
/// name are checked as JSON and ignored; of a delete only id and version are read. Pure, from any thread.
public struct JSONEventDecoder: EventDecoderPort {
  private let assembly: EventAssembly
  private let reader: EventTreeReader
  private let scanner: PlainEventScanner?

  /// Prepares a decoder for events as `mapping` describes them.
  public init(mapping: EventMapping) {
    self.init(mapping: mapping, scansPlainShape: true)
  }

  /// A decoder that may be told to take the full parser for every record, to compare both.
  init(mapping: EventMapping, scansPlainShape: Bool) {
    assembly = EventAssembly(mapping: mapping)
    reader = EventTreeReader(mapping: mapping)
    scanner = scansPlainShape ? PlainEventScanner(mapping: mapping) : nil
  }

  /// The event, or why the record is none. Never traps, whatever the bytes.
  public func decode(_ record: SourceRecord) -> Result<ItemEvent, DecodingFailure> {
    do throws(DecodingFailure) {
      try assembly.checkSize(record)
      guard let value = record.value else { return .success(try assembly.deleteByKey(record)) }
      let fields: EventFields
      if let scanned = scanner?.scan(value) {
        fields = scanned
      } else {
        fields = try reader.read(value)
      }
      return .success(try assembly.event(from: fields, record))
    } catch {
      return .failure(error)
    }
  }
}
