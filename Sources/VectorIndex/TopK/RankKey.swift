// Owns the order in which rows are ranked, packed into one integer. Invariant: a greater key is a better row: the
// higher score first, the lower row among equals; so every ranking is total and repeatable.

/// A score that can be ranked: sums that overflow to "not a number" rank as the farthest.
@inline(__always)
func rankable(_ score: Float) -> Float { score.isNaN ? -.infinity : score }

struct RankKey: Comparable, BitwiseCopyable {
  private let bits: UInt64

  /// Ranks `row` by `score`. The two zeros rank as equal.
  @inline(__always)
  init(score: Float, row: UInt32) {
    let raw = (rankable(score) + 0).bitPattern
    // Flipping all bits of negative floats, and the sign of the others, makes their patterns ascend with their values.
    let ascending = raw ^ (UInt32(bitPattern: Int32(bitPattern: raw) >> 31) | 0x8000_0000)
    bits = UInt64(ascending) << 32 | UInt64(~row)
  }

  /// Below every row.
  static var lowest: RankKey { RankKey(bits: 0) }

  private init(bits: UInt64) { self.bits = bits }

  @inline(__always)
  var row: Int { Int(~UInt32(truncatingIfNeeded: bits)) }

  @inline(__always)
  var score: Float {
    let ascending = UInt32(truncatingIfNeeded: bits >> 32)
    return Float(bitPattern: ascending & 0x8000_0000 != 0 ? ascending ^ 0x8000_0000 : ~ascending)
  }

  @inline(__always)
  static func < (left: RankKey, right: RankKey) -> Bool { left.bits < right.bits }
}
