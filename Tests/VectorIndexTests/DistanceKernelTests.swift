// Owns the promise that every SIMD level of this CPU computes what double precision computes.

import CVectorKernels
import IndexModel
import Testing
import VectorIndex

@Suite("Distance kernels")
struct DistanceKernelTests {
  /// The raw values of the levels that this CPU has.
  static let levels: [UInt32] = (0..<UInt32(FK_SIMD_LEVEL_COUNT)).filter {
    fk_simd_is_available(fk_simd_level($0)) != 0
  }

  @Test("Each level agrees with double precision for every dimension", arguments: levels)
  func levelAgreesWithDouble(level: UInt32) {
    var random = RandomVectors(stream: 1)
    for dimension in Array(1...130) + [384, 768] {
      let rows = random.uniformRows(7, dimension: dimension)
      let query = random.vector(dimension: dimension)
      for (measure, metric) in [(FK_MEASURE_DOT, Metric.innerProduct), (FK_MEASURE_SQUARED_L2, .squaredL2)] {
        let kernels = fk_distance_at(measure, fk_simd_level(level))
        let flat = rows.flatMap { $0 }
        var runScores = [Float](repeating: 0, count: rows.count)
        var gatherScores = runScores
        let ordinals: [UInt32] = [6, 0, 3, 3, 5, 1, 2]
        unsafe kernels.run(query, flat, dimension, dimension, rows.count, &runScores)
        var tileScores = runScores
        unsafe kernels.tile(query, flat, dimension, dimension, rows.count, &tileScores)
        #expect(tileScores == runScores)
        unsafe kernels.gather(query, flat, dimension, dimension, ordinals, ordinals.count, &gatherScores)
        for (row, values) in rows.enumerated() {
          let expected = referenceScore(query, values, metric: metric)
          #expect(
            abs(Double(runScores[row]) - expected) <= 1e-6 * Double(dimension),
            "dimension \(dimension), seed \(testSeed), \(replay)")
          #expect(unsafe kernels.score(query, values, dimension) == runScores[row])
          #expect(unsafe kernels.score(values, query, dimension) == runScores[row])
        }
        #expect(gatherScores == ordinals.map { runScores[Int($0)] })
      }
    }
  }

  @Test("Zeros after the last component change no bit", arguments: levels)
  func paddingChangesNothing(level: UInt32) {
    var random = RandomVectors(stream: 2)
    for dimension in 1...80 {
      let padding = [Float](repeating: 0, count: VectorBlock.stride(ofDimension: dimension) - dimension)
      let a = random.vector(dimension: dimension)
      let b = random.vector(dimension: dimension)
      for measure in [FK_MEASURE_DOT, FK_MEASURE_SQUARED_L2] {
        let kernels = fk_distance_at(measure, fk_simd_level(level))
        let padded = unsafe kernels.score(a + padding, b + padding, dimension + padding.count)
        #expect(unsafe kernels.score(a, b, dimension) == padded, "dimension \(dimension)")
      }
    }
  }

  @Test("The level in use is one that this CPU has")
  func levelInUseIsAvailable() {
    #expect(fk_simd_is_available(fk_simd()) != 0)
  }
}
