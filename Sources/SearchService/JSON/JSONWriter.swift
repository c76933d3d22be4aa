// Owns the writing of JSON text. Invariant: what it wrote is valid JSON whatever the values: strings are escaped, and a
// number that JSON cannot write becomes null.

import Hummingbird
import IndexModel

/// Appends JSON to a buffer, without building values first. The caller pairs `begin…` with `end…`; commas are set here.
struct JSONWriter {
  private(set) var buffer: ByteBuffer
  /// Whether the next member or element needs a comma before it.
  private var needsComma = false

  init(capacity: Int = 1024) {
    buffer = ByteBufferAllocator().buffer(capacity: capacity)
  }

  mutating func beginObject() {
    separate()
    buffer.writeInteger(UInt8(ascii: "{"))
    needsComma = false
  }

  mutating func endObject() {
    buffer.writeInteger(UInt8(ascii: "}"))
    needsComma = true
  }

  mutating func beginArray() {
    separate()
    buffer.writeInteger(UInt8(ascii: "["))
    needsComma = false
  }

  mutating func endArray() {
    buffer.writeInteger(UInt8(ascii: "]"))
    needsComma = true
  }

  /// A member's name that needs no escaping.
  mutating func name(_ name: StaticString) {
    separate()
    buffer.writeInteger(UInt8(ascii: "\""))
    buffer.writeStaticString(name)
    buffer.writeStaticString("\":")
    needsComma = false
  }

  /// A member's name as data brings it.
  mutating func name(escaping name: String) {
    separate()
    quote(name)
    buffer.writeInteger(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func null() {
    separate()
    buffer.writeStaticString("null")
    needsComma = true
  }

  mutating func value(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  mutating func value(_ value: Bool) {
    separate()
    buffer.writeStaticString(value ? "true" : "false")
    needsComma = true
  }

  mutating func value(_ value: some FixedWidthInteger) {
    separate()
    buffer.writeString(String(value))
    needsComma = true
  }

  /// The shortest digits that read back as the same value.
  mutating func value(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    buffer.writeString(value.description)
    needsComma = true
  }

  /// The shortest digits that read back as the same value.
  mutating func value(_ value: Float) {
    guard value.isFinite else { return null() }
    separate()
    buffer.writeString(value.description)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
  }

  private mutating func quote(_ text: String) {
    buffer.writeInteger(UInt8(ascii: "\""))
    if text.utf8.contains(where: Self.needsEscape) {
      for byte in text.utf8 { escape(byte) }
    } else {
      buffer.writeString(text)
    }
    buffer.writeInteger(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// RFC 8259, section 7: quotes, backslashes and control characters; all else stands for itself.
  private mutating func escape(_ byte: UInt8) {
    guard Self.needsEscape(byte) else {
      buffer.writeInteger(byte)
      return
    }
    switch byte {
    case UInt8(ascii: "\""): buffer.writeStaticString("\\\"")
    case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
    case UInt8(ascii: "\n"): buffer.writeStaticString("\\n")
    case UInt8(ascii: "\r"): buffer.writeStaticString("\\r")
    case UInt8(ascii: "\t"): buffer.writeStaticString("\\t")
    default:
      buffer.writeStaticString("\\u00")
      buffer.writeInteger(Self.hexadecimal(byte >> 4))
      buffer.writeInteger(Self.hexadecimal(byte & 0xF))
    }
  }

  private static func hexadecimal(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
