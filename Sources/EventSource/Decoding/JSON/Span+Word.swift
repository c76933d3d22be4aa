// Owns the reading of eight bytes at once, which the fast loops share.

extension Span where Element == UInt8 {
  /// The eight bytes from `start` on, the first one lowest. Traps where fewer are left: check first.
  @inline(__always)
  func word(at start: Int) -> UInt64 {
    // SAFETY: `RawSpan` checks the bounds, and every bit pattern is an integer.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
  }
}

extension UInt64 {
  /// One in each byte.
  static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// The highest bit of each byte.
  static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// High bits of the bytes that equal `byte`. The lowest one is exact; a borrow can only set bits above it.
  @inline(__always)
  func matches(_ byte: UInt8) -> UInt64 {
    let difference = self ^ (.ones &* UInt64(byte))
    return (difference &- .ones) & ~difference & .highBits
  }
}
