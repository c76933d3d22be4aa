// Owns the buffer in which values are encoded. Invariant: little-endian, every length written before its bytes; the
// buffer is reused, so a row costs no allocation.

/// Writes one value at a time.
struct RecordEncoder {
  /// The value so far, its checksum's place first.
  private(set) var bytes: [UInt8] = []

  /// Starts a value.
  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    append(UInt32(0))
  }

  /// Adds an integer.
  mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
    // SAFETY: the bytes of a local integer.
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds the length of `text` in bytes (32 bits), then its UTF-8.
  mutating func append(_ text: String) {
    append(UInt32(text.utf8.count))
    appendRest(text)
  }

  /// Adds the UTF-8 of `text` as the value's last part, which needs no length.
  mutating func appendRest(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds whether there are bytes, their number (32 bits), then the bytes.
  mutating func append(_ optional: [UInt8]?) {
    append(UInt8(optional == nil ? 0 : 1))
    guard let present = optional else { return }
    append(UInt32(present.count))
    bytes.append(contentsOf: present)
  }

  /// Adds `last` as the value's last part, which needs no length.
  mutating func appendRest(_ last: some Collection<UInt8>) {
    bytes.append(contentsOf: last)
  }

  /// Ends the value with its checksum under `key`.
  mutating func seal(key: RawSpan) {
    // SAFETY: every byte of an array of bytes is initialised.
    let checksum = unsafe RecordChecksum.checksum(key: key, value: bytes.span.bytes)
    for index in 0..<RecordChecksum.byteCount {
      bytes[index] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(index)))
    }
  }
}
