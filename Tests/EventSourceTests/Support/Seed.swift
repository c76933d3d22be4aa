// Owns the way by which this target's randomised tests get their numbers.

import IndexModel
import TestKit

/// Seeds a randomised test.
enum Seed {
  /// A generator of its own for the calling test, whose seed is announced.
  static func generator(_ function: String = #function) -> SplitMix64 {
    let test = String(function.prefix { $0 != "(" })
    return SplitMix64(seed: TestSeed.announced(for: test, fixed: 20_261_121))
  }
}
