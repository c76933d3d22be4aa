// Owns the numbers of a segment file. Invariant: reads stay within the span.

import IndexModel

extension RawSpan {
  /// The number at `offset`, which need not be aligned.
  func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= byteCount, "read beyond the span")
    // SAFETY: the range was checked, and every bit pattern is a number.
    return unsafe Number(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }
}

extension [UInt8] {
  mutating func append(littleEndian number: some FixedWidthInteger) {
    // SAFETY: the bytes of an integer are read while it stands.
    unsafe Swift.withUnsafeBytes(of: number.littleEndian) { unsafe append(contentsOf: $0) }
  }
}

extension CRC32C {
  /// The checksum of `bytes`.
  static func checksum(ofBytes bytes: RawSpan) -> UInt32 {
    // SAFETY: the buffer is used within the closure.
    unsafe bytes.withUnsafeBytes { unsafe CRC32C.checksum(of: $0) }
  }
}
