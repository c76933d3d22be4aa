// Owns the bridge from a metric to the C kernels of this CPU. Invariant: rows are compared over their padded length,
// which gives the same bits as over their dimension.

import CVectorKernels
import IndexModel

// SAFETY: the stored C functions read only what their arguments describe; each method states what that is.
@safe struct DistanceKernels: Sendable {
  private let functions: fk_distance_kernels

  init(_ metric: Metric) {
    let measure =
      switch metric {
      case .cosine, .innerProduct: FK_MEASURE_DOT
      case .squaredL2: FK_MEASURE_SQUARED_L2
      }
    functions = fk_distance(measure)
  }

  /// The score of two vectors of `dimension` floats.
  @inline(__always)
  func score(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, dimension: Int) -> Float {
    unsafe functions.score(a, b, dimension)
  }

  /// The scores of `query` and `count` rows that follow one another from `rows` on; all have `stride` floats.
  @inline(__always)
  func run(
    _ query: UnsafePointer<Float>, rows: UnsafePointer<Float>, stride: Int, count: Int,
    scores: UnsafeMutablePointer<Float>
  ) {
    unsafe functions.run(query, rows, stride, stride, count, scores)
  }

  /// As `run`, for rows that are in a near cache already.
  @inline(__always)
  func tile(
    _ query: UnsafePointer<Float>, rows: UnsafePointer<Float>, stride: Int, count: Int,
    scores: UnsafeMutablePointer<Float>
  ) {
    unsafe functions.tile(query, rows, stride, stride, count, scores)
  }

  /// The scores of `query` and the `count` rows at `ordinals` of the block at `rows`; all have `stride` floats.
  @inline(__always)
  func gather(
    _ query: UnsafePointer<Float>, rows: UnsafePointer<Float>, stride: Int, ordinals: UnsafePointer<UInt32>,
    count: Int, scores: UnsafeMutablePointer<Float>
  ) {
    unsafe functions.gather(query, rows, stride, stride, ordinals, count, scores)
  }
}
