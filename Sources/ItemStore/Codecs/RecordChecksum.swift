// Owns the checksum that opens every stored value. Invariant: it covers the key, so a value under a wrong key is
// noticed too.

import IndexModel

enum RecordChecksum {
  /// How many bytes the checksum takes at a value's start.
  static let byteCount = 4

  /// The checksum of `value`, whose first `byteCount` bytes are left out, under `key`.
  static func checksum(key: RawSpan, value: RawSpan) -> UInt32 {
    var checksum = CRC32C()
    // SAFETY: the bytes are only read, during the calls.
    unsafe key.withUnsafeBytes { unsafe checksum.update($0) }
    unsafe value.withUnsafeBytes { unsafe checksum.update(UnsafeRawBufferPointer(rebasing: $0[byteCount...])) }
    return checksum.value
  }

  /// Throws where `value` is not what was written under `key`.
  static func verify(key: RawSpan, value: RawSpan) throws {
    guard value.byteCount >= byteCount else { throw RecordFailure("the value is too short for a checksum") }
    let stored = UInt32(littleEndian: value.load(UInt32.self, at: 0))
    let computed = checksum(key: key, value: value)
    guard stored == computed else {
      throw RecordFailure("its checksum is \(String(stored, radix: 16)), its bytes give \(String(computed, radix: 16))")
    }
  }
}
