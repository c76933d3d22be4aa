// Owns the seed of this target's randomised tests.

import Foundation
import IndexModel

/// Seeds a randomised test and says how to replay it.
enum Seed {
  /// `FRESHET_TEST_SEED`, or a fixed number.
  static let value = ProcessInfo.processInfo.environment["FRESHET_TEST_SEED"].flatMap(UInt64.init) ?? 20_261_121

  /// A generator of its own for the test named `test`.
  static func generator(_ test: String = #function) -> SplitMix64 {
    print("\(test): replay with FRESHET_TEST_SEED=\(value) swift test --filter EventSourceTests")
    return SplitMix64(seed: test.utf8.reduce(value) { SplitMix64.mix($0 ^ UInt64($1)) })
  }
}
