// Owns the encoder of tests. Invariant: the same words in the same text give the same vector, on every machine.

import IndexModel
import TierEngine

/// An encoder for tests only: it understands nothing. Each word (a run of letters and digits, lower-cased) adds a
/// vector of signs drawn from the word's hash, so that texts which share words are near; never serve searches with it.
public struct HashingEncoder: TextEncoderPort {
  /// Names the dimension and the seed, which are all that decides the vectors.
  public let model: ModelIdentity
  private let seed: UInt64

  /// Makes an encoder of `dimension` > 0 components.
  public init(dimension: Int, seed: UInt64 = 0) {
    precondition(dimension > 0, "a vector needs components")
    let name = "hashing-for-tests-\(dimension)-\(seed)"
    model = ModelIdentity(name: name, fingerprint: name, dimension: dimension)
    self.seed = seed
  }

  /// One vector of length 1 a text; a text without words has that of the empty word. Never throws. The role is ignored.
  public func encode(_ texts: [String], role: EncoderRole) throws -> [Float] {
    texts.flatMap(vector)
  }

  private func vector(of text: String) -> [Float] {
    var sums = [Int](repeating: 0, count: model.dimension)
    var words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    if words.isEmpty { words = [""] }
    for word in words {
      // FNV-1a over the bytes starts a series of random signs.
      let hash = word.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
      var signs = SplitMix64(seed: hash ^ SplitMix64.mix(seed))
      for i in sums.indices { sums[i] += signs.next() & 1 == 0 ? 1 : -1 }
    }
    // All signs may cancel out, and a vector of zeros has no direction.
    if sums.allSatisfy({ $0 == 0 }) { sums[0] = 1 }
    let length = Float(sums.reduce(0) { $0 + $1 * $1 }).squareRoot()
    return sums.map { Float($0) / length }
  }
}
