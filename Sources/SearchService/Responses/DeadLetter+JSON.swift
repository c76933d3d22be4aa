// Owns how a parked record looks in JSON. Invariant: its bytes come back exactly: as text where they are UTF-8, else in
// base64, and the member's name says which.

import Foundation
import IndexModel
import TierEngine

extension DeadLetter {
  /// Writes one record.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("position")
    writer.value(position.description)
    writer.name("eventTime")
    writer.value(time)
    writer.name("code")
    writer.value(code)
    writer.name("reason")
    writer.value(reason)
    write(key, text: "key", base64: "keyBase64", to: &writer)
    write(value, text: "value", base64: "valueBase64", to: &writer)
    writer.endObject()
  }

  private func write(_ bytes: [UInt8]?, text: StaticString, base64: StaticString, to writer: inout JSONWriter) {
    guard let bytes else {
      writer.name(text)
      writer.null()
      return
    }
    if let string = String(validating: bytes, as: UTF8.self) {
      writer.name(text)
      writer.value(string)
    } else {
      writer.name(base64)
      writer.value(Data(bytes).base64EncodedString())
    }
  }
}
