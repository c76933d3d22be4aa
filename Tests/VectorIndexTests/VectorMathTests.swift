// Owns the promises about single vectors and blocks of them.

import IndexModel
import Testing
import VectorIndex

@Suite("Vector math")
struct VectorMathTests {
  @Test("A normalised vector has length 1 and the same direction")
  func normalizes() {
    var vector: [Float] = [3, 0, -4]
    #expect(VectorMath.normalize(&vector))
    #expect(vector == [0.6, 0, -0.8])
    var huge: [Float] = [3e38, 3e38]
    #expect(VectorMath.normalize(&huge))
    #expect(abs(referenceScore(huge, huge, metric: .cosine) - 1) < 1e-6)
  }

  @Test(
    "Zero and non-finite vectors are refused and left alone",
    arguments: [[0, 0], [1, .nan], [.infinity, 1], [-.infinity, 0]] as [[Float]])
  func refusesWhatHasNoDirection(vector: [Float]) {
    var copy = vector
    #expect(!VectorMath.normalize(&copy))
    #expect(copy.map(\.bitPattern) == vector.map(\.bitPattern))
  }

  @Test("A nearer vector scores higher under every metric", arguments: Metric.allCases)
  func scoreIsHigherForNearer(metric: Metric) {
    let query: [Float] = [1, 0]
    let near: [Float] = [0.8, 0.6]
    let far: [Float] = [0, 1]
    let nearScore = VectorMath.score(query.span, near.span, metric: metric)
    #expect(nearScore > VectorMath.score(query.span, far.span, metric: metric))
    #expect(abs(Double(nearScore) - referenceScore(query, near, metric: metric)) < 1e-6)
  }

  @Test("A block gives back the rows that were set, whatever the padding", arguments: [1, 15, 16, 17, 384])
  func blockKeepsRows(dimension: Int) {
    var random = RandomVectors(stream: 3)
    let rows = random.uniformRows(5, dimension: dimension)
    let block = VectorBlock(rows)
    #expect((0..<5).map { block.row($0) } == rows)
    let lent = (0..<5).map { row in block.withRow(row) { span in span.indices.map { span[$0] } } }
    #expect(lent == rows)
  }
}
