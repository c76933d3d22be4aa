// Owns numbers of JSON as decimals, and their conversion to binary. Invariant: conversions are correctly rounded;
// integers are exact or refused; nothing becomes infinite.

/// A decimal number: ±significand × 10^exponent, its first 19 digits kept, and the place of its text.
struct DecimalNumber: Equatable {
  /// The most digits that always fit a `UInt64`.
  static let digitsMax = 19

  var isNegative = false
  /// The leading digits, at most 19 that matter.
  var significand: UInt64 = 0
  /// The power of ten of the significand's last digit; held to ±100,000.
  var exponent = 0
  /// Whether digits beyond the 19th were left out of the significand.
  var isCut = false
  /// Whether the text has neither fraction nor exponent.
  var isInteger = true
  /// Where the text stands.
  var range: Range<Int> = 0..<0
}

extension DecimalNumber {
  /// The value, where it is an integer within `Int64`, written without fraction or exponent.
  var int64: Int64? {
    guard isInteger, !isCut else { return nil }
    if !isNegative { return Int64(exactly: significand) }
    return significand <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- significand) : nil
  }

  /// The value, where it is an integer within `UInt64`, written without sign, fraction or exponent.
  func uint64(in bytes: [UInt8]) -> UInt64? {
    guard isInteger, !isNegative else { return nil }
    return isCut ? UInt64(text(in: bytes)) : significand
  }

  /// The nearest `Double`, or `nil` where that is infinite.
  func double(in bytes: [UInt8]) -> Double? {
    // Clinger's fast path ("How to read floating point numbers accurately", PLDI 1990): both operands are exact, so
    // the one operation rounds correctly.
    if !isCut, significand <= 1 << 53, -22...22 ~= exponent {
      let magnitude =
        exponent < 0
        ? Double(significand) / Self.powersOfTen[-exponent] : Double(significand) * Self.powersOfTen[exponent]
      return isNegative ? -magnitude : magnitude
    }
    guard let value = Double(text(in: bytes)), value.isFinite else { return nil }
    return value
  }

  /// The nearest `Float`, or `nil` where that is infinite.
  @inline(__always)
  func float(in bytes: [UInt8]) -> Float? {
    guard let quick = quickFloat else { return slowFloat(in: bytes) }
    return quick.isFinite ? quick : nil
  }

  /// The nearest `Float` by way of a `Double` whose error is known, or `nil` where that leaves a doubt.
  ///
  /// Cutting digits, converting the significand and at most two steps of scaling each err by at most half a unit of the
  /// `Double`'s last place: together less than 8 units. A `Double` further than that from the middle between two
  /// neighbouring `Float`s therefore rounds to the same `Float` as the true value. Subnormals have their middles
  /// elsewhere and take the slow way.
  @inline(__always)
  private var quickFloat: Float? {
    var magnitude = Double(significand)
    if significand != 0 {
      switch exponent {
      case -22...0: magnitude /= Self.powersOfTen[-exponent]
      case 1...22: magnitude *= Self.powersOfTen[exponent]
      case -44 ..< -22: magnitude = magnitude / 1e22 / Self.powersOfTen[-exponent - 22]
      default: return nil
      }
      let middle: UInt64 = 1 << 28
      let distance = Int64(magnitude.bitPattern & (middle << 1 - 1)) - Int64(middle)
      guard distance.magnitude > 8, magnitude >= Double(Float.leastNormalMagnitude) else { return nil }
    }
    return Float(isNegative ? -magnitude : magnitude)
  }

  @inline(never)
  private func slowFloat(in bytes: [UInt8]) -> Float? {
    guard let value = Float(text(in: bytes)), value.isFinite else { return nil }
    return value
  }

  /// The number as it was written.
  func text(in bytes: [UInt8]) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
