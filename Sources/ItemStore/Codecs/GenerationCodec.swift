// Owns the value of `generations`: JSON, because a generation's record is rare and gains fields as the engine does.

import Foundation
import TierEngine

enum GenerationCodec {
  static func encode(_ record: GenerationRecord, into encoder: inout RecordEncoder) throws {
    let json = JSONEncoder()
    json.outputFormatting = .sortedKeys
    json.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.appendRest(try json.encode(record))
  }

  static func decode(_ value: RawSpan) throws -> GenerationRecord {
    var decoder = RecordDecoder()
    let json = JSONDecoder()
    json.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try json.decode(GenerationRecord.self, from: Data(try decoder.rest(value, "record")))
    } catch let error as DecodingError {
      throw RecordFailure("its record cannot be read: \(error)")
    }
  }
}
