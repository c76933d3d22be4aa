// Owns the arithmetic on single vectors that other rooms need. Invariant: `score` is the function by which every
// tier ranks, so scores of the same two vectors are equal wherever they were computed.

import IndexModel

/// Arithmetic on single vectors.
public enum VectorMath {
  /// Scales `v` to length 1. Returns `false`, and leaves `v` alone, where it is zero or has a component that is not
  /// finite.
  public static func normalize(_ v: inout [Float]) -> Bool {
    var squares = 0.0
    for component in v { squares += Double(component) * Double(component) }
    guard squares > 0, squares.isFinite else { return false }
    let length = squares.squareRoot()
    for index in v.indices { v[index] = Float(Double(v[index]) / length) }
    return true
  }

  /// How near `a` and `b` are; higher is nearer, see `Metric`. Both have the same number of components; under
  /// `cosine` both are normalised.
  public static func score(_ a: Span<Float>, _ b: Span<Float>, metric: Metric) -> Float {
    precondition(a.count == b.count, "vectors that are compared have the same dimension")
    let kernels = DistanceKernels(metric)
    return unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let count = Optional(b.count), let b = b.baseAddress else { return 0 }
        return unsafe rankable(kernels.score(a, b, dimension: count))
      }
    }
  }
}
