// Owns the seeded data of these tests. Invariant: the same seed gives the same rows.

import Foundation
import IndexModel
import Synchronization
import VectorIndex

/// The seed of every randomised test here. Replay a failure with
/// `FRESHET_TEST_SEED=<seed> swift test --filter VectorIndexTests` (and the suite's flags).
let testSeed = ProcessInfo.processInfo.environment["FRESHET_TEST_SEED"].flatMap(UInt64.init) ?? 20_261_121

/// What a failure prints beside its seed.
let replay = "replay: FRESHET_TEST_SEED=\(testSeed) swift test --filter VectorIndexTests"

struct RandomVectors {
  private var random: SplitMix64

  init(stream: UInt64) { random = SplitMix64(seed: SplitMix64.mix(testSeed &+ stream)) }

  mutating func uniform(_ range: ClosedRange<Float> = -1...1) -> Float { Float.random(in: range, using: &random) }

  mutating func index(below count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  mutating func vector(dimension: Int) -> [Float] { (0..<dimension).map { _ in uniform() } }

  /// Independent rows, evenly spread.
  mutating func uniformRows(_ count: Int, dimension: Int) -> [[Float]] {
    (0..<count).map { _ in vector(dimension: dimension) }
  }

  /// Rows scattered closely around a few centres.
  mutating func clusteredRows(_ count: Int, dimension: Int, clusters: Int, spread: Float) -> [[Float]] {
    let centres = uniformRows(clusters, dimension: dimension)
    return (0..<count).map { _ in
      centres[index(below: clusters)].map { $0 + uniform(-spread...spread) }
    }
  }

  /// Rows drawn from few distinct ones, so that most have equals.
  mutating func repeatedRows(_ count: Int, dimension: Int, distinct: Int) -> [[Float]] {
    let originals = uniformRows(distinct, dimension: dimension)
    return (0..<count).map { _ in originals[index(below: distinct)] }
  }

  mutating func shuffle<T>(_ values: inout [T]) { values.shuffle(using: &random) }
}

extension VectorBlock {
  /// A block of the given rows, normalised where `normalised`.
  convenience init(_ rows: [[Float]], normalised: Bool = false) {
    self.init(rowCount: rows.count, dimension: rows.first?.count ?? 1)
    for (row, values) in rows.enumerated() {
      var values = values
      if normalised { _ = VectorMath.normalize(&values) }
      setRow(row, values.span)
    }
  }
}

/// The score of two vectors, in double precision and in plain order.
func referenceScore(_ a: [Float], _ b: [Float], metric: Metric) -> Double {
  var sum = 0.0
  for (left, right) in zip(a, b) {
    switch metric {
    case .cosine, .innerProduct: sum += Double(left) * Double(right)
    case .squaredL2: sum -= (Double(left) - Double(right)) * (Double(left) - Double(right))
    }
  }
  return sum
}

/// The share of the exact top k that was found, a row that scores as high as the k-th exact one counted.
func recall(of found: [[Neighbor]], against exact: [[Neighbor]]) -> Double {
  var hits = 0
  var wanted = 0
  for (found, exact) in zip(found, exact) {
    guard let last = exact.last else { continue }
    hits += min(exact.count, Set(found.filter { $0.score >= last.score }.map(\.row)).count)
    wanted += exact.count
  }
  return wanted == 0 ? 1 : Double(hits) / Double(wanted)
}

/// A number that threads share.
final class Counter: Sendable {
  let value = Atomic<Int>(0)
}

func build(
  _ vectors: VectorBlock, metric: Metric = .squaredL2,
  parameters: HNSWParameters = HNSWParameters(m: 12, efConstruction: 100),
  threads: Int = 2
) throws -> HNSWIndex {
  let control = BuildControl(threadCount: threads, cpuShare: Double(threads))
  let graph = try HNSWBuilder.build(vectors: vectors, metric: metric, parameters: parameters, control: control)
  return HNSWIndex(vectors: vectors, graph: graph, metric: metric)
}
