// Owns the seed of randomised tests. Invariant: the seed of a run is printed with the command that replays it.

import Foundation
import IndexModel

/// The seed that a randomised test starts from.
public enum TestSeed {
  /// `FRESHET_TEST_SEED`, or `fixed`; prints the seed and how to replay `test`.
  public static func announced(for test: String, fixed: UInt64) -> UInt64 {
    let seed = ProcessInfo.processInfo.environment["FRESHET_TEST_SEED"].flatMap { UInt64($0) } ?? fixed
    print("\(test): seed \(seed); replay with: FRESHET_TEST_SEED=\(seed) make test FILTER=\(test)")
    return seed
  }
}
