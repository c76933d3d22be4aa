// Owns the vectors that events and queries bring. Invariant: vector n of a seed is always the same.

import IndexModel
import VectorIndex

/// Vectors of length 1 that lie near a subspace of few dimensions, as those of embedding models do: independent random
/// components would have no near neighbours at all.
struct VectorSeries: Sendable {
  static let dimension = 384
  /// Directions that the vectors vary in, besides noise.
  static let latentDimension = 24
  /// The noise's share of a component.
  private static let noise: Float = 0.1

  private let seed: UInt64
  private let basis: [Float]

  init(seed: UInt64) {
    self.seed = seed
    var random = SplitMix64(seed: seed)
    basis = (0..<Self.latentDimension * Self.dimension).map { _ in random.bell() }
  }

  subscript(index: Int) -> [Float] {
    var random = SplitMix64(seed: SplitMix64.mix(seed ^ UInt64(index)))
    var vector = [Float](repeating: 0, count: Self.dimension)
    for direction in 0..<Self.latentDimension {
      let weight = random.bell()
      let row = direction * Self.dimension
      for component in 0..<Self.dimension { vector[component] += weight * basis[row + component] }
    }
    for component in 0..<Self.dimension { vector[component] += Self.noise * random.bell() }
    _ = VectorMath.normalize(&vector)
    return vector
  }
}

extension SplitMix64 {
  /// About normally distributed around 0: a sum of four uniform values.
  fileprivate mutating func bell() -> Float {
    (0..<4).reduce(0) { sum, _ in sum + Float(next() >> 40) / Float(1 << 24) - 0.5 }
  }
}
