// Owns the checksum of a file made from those of its parts. Invariant: equals the checksum of the bytes in one run,
// so that no byte has to be read twice.

/// CRC-32C of joined pieces, by arithmetic on polynomials over GF(2) modulo the Castagnoli polynomial, in the reflected
/// bit order of RFC 3720 (bit 31 is the coefficient of x^0).
enum ChecksumJoin {
  private static let polynomial: UInt32 = 0x82F6_3B78
  private static let one: UInt32 = 1 << 31

  /// The checksum of A followed by B, where B has `byteCount` bytes.
  static func join(_ a: UInt32, _ b: UInt32, byteCount: Int) -> UInt32 {
    multiply(a, powerOfX(8 * UInt64(byteCount))) ^ b
  }

  private static func powerOfX(_ exponent: UInt64) -> UInt32 {
    var power = one
    var square = one >> 1
    var left = exponent
    while left > 0 {
      if left & 1 == 1 { power = multiply(power, square) }
      square = multiply(square, square)
      left >>= 1
    }
    return power
  }

  private static func multiply(_ a: UInt32, _ b: UInt32) -> UInt32 {
    var product: UInt32 = 0
    var shifted = b
    var bit = one
    while bit != 0 {
      if a & bit != 0 { product ^= shifted }
      shifted = shifted & 1 == 1 ? (shifted >> 1) ^ polynomial : shifted >> 1
      bit >>= 1
    }
    return product
  }
}
