// Owns the levels of rows. Invariant: a function of seed and row alone, by integers, the same on every machine.

import IndexModel

enum RowLevels {
  /// No row is higher, whatever its draw.
  static let levelMax = 32

  /// The level of `row`: at least l with probability m to the power of -l.
  static func level(of row: Int, parameters: HNSWParameters) -> UInt8 {
    let draw = SplitMix64.mix(SplitMix64.mix(parameters.seed &+ 0x9E37_79B9_7F4A_7C15) &+ UInt64(row))
    var level: UInt8 = 0
    var threshold = UInt64.max / UInt64(parameters.m)
    while draw < threshold, level < levelMax {
      level += 1
      threshold /= UInt64(parameters.m)
    }
    return level
  }
}
