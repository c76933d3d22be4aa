// Owns the mapping of durations to buckets. Invariant: a bucket's width is at most 1/32 of its lowest value, so a
// quantile is at most 3.2 % above the true one.

/// Log-linear buckets over nanoseconds: 32 equal ones for each doubling, as in HdrHistogram (Gil Tene).
enum LogLinearBuckets {
  private static let bitCount = 5
  /// Longer durations count as this one: about 18 minutes.
  static let nanosecondsMax: UInt64 = (1 << 40) - 1
  /// Buckets that durations up to `nanosecondsMax` need.
  static let count = index(of: nanosecondsMax) + 1

  /// The bucket of a duration.
  static func index(of nanoseconds: UInt64) -> Int {
    let value = min(nanoseconds, nanosecondsMax)
    // Below 64 a bucket holds one value.
    guard value >> (bitCount + 1) > 0 else { return Int(value) }
    let shift = 63 - value.leadingZeroBitCount - bitCount
    return shift << bitCount + Int(value >> UInt64(shift))
  }

  /// The largest duration of a bucket.
  static func upperBound(of index: Int) -> UInt64 {
    guard index >= 2 << bitCount else { return UInt64(index) }
    let shift = index >> bitCount - 1
    let mantissa = UInt64(index - shift << bitCount)
    return (mantissa + 1) << UInt64(shift) - 1
  }
}
