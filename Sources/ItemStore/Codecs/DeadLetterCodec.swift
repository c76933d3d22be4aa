// Owns the value of `dead_letters`; the position is the key.

import IndexModel
import TierEngine

/// time i64, code, reason, key, value.
enum DeadLetterCodec {
  static func encode(_ letter: DeadLetter, into encoder: inout RecordEncoder) {
    encoder.append(letter.time)
    encoder.append(letter.code)
    encoder.append(letter.reason)
    encoder.append(letter.key)
    encoder.append(letter.value)
  }

  static func decode(key: RawSpan, _ value: RawSpan) throws -> DeadLetter {
    guard let position = Keys.position(key) else { throw RecordFailure("its key is no position") }
    var decoder = RecordDecoder()
    let time = try decoder.time(value)
    let code = try decoder.text(value, "code")
    let reason = try decoder.text(value, "reason")
    let recordKey = try decoder.optionalBytes(value, "key")
    let recordValue = try decoder.optionalBytes(value, "value")
    try decoder.finish(value)
    return DeadLetter(
      position: position, key: recordKey, value: recordValue, code: code, reason: reason, time: time)
  }
}
