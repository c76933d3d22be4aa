// Owns the proof that a candidate must give: row count, fingerprint, watermark, recall@10 against exact answers, and
// self-reachability. Deterministic: the plan's seed and the segment's rows decide every question.

import IndexModel
import VectorIndex

/// Measures one segment.
struct Probe {
  /// What the measurement says.
  enum Verdict {
    case passed(ProbeReport)
    case failed(ProbeReport, why: String)
  }

  let plan: ProbePlan
  private let k = 10

  /// Measures at `ef`, doubling it up to `efMax` where recall is under the floor. Long: checks `control` all the time.
  func judge(
    _ segment: Segment, ef: Int, efMax: Int, expected: CandidateExpectation, control: BuildControl
  ) throws -> Verdict {
    let index = segment.index
    var report = ProbeReport(queryCount: 0, recallAt10: 0, selfSampleCount: 0, selfReachability: 0, ef: ef)
    if let why = mismatch(segment, expected) { return .failed(report, why: why) }
    guard index.rowCount > 0 else {
      report.recallAt10 = 1
      report.selfReachability = 1
      return .passed(report)
    }

    let queries = makeQueries(from: index)
    let truth = try index.exactSearch(queries: queries, k: min(k, index.rowCount), control: control)
    let sample = makeSample(of: index)
    report.queryCount = queries.rowCount
    report.selfSampleCount = sample.count
    var width = ef
    while true {
      report.ef = width
      report.recallAt10 = try recall(of: index, queries: queries, truth: truth, ef: width, control: control)
      report.selfReachability = try reachability(of: index, sample: sample, ef: width, control: control)
      let isEnough = report.recallAt10 >= plan.recallMin && report.selfReachability >= plan.reachabilityMin
      if isEnough { return .passed(report) }
      if width >= efMax { break }
      width = min(width * 2, efMax)
    }
    return .failed(
      report,
      why: report.recallAt10 < plan.recallMin
        ? "recall@10 \(report.recallAt10) at ef \(width) is under \(plan.recallMin); raise m or efConstruction"
        : "self-reachability \(report.selfReachability) at ef \(width) is under \(plan.reachabilityMin)")
  }

  private func mismatch(_ segment: Segment, _ expected: CandidateExpectation) -> String? {
    if segment.index.rowCount != expected.rowCount {
      return "the segment has \(segment.index.rowCount) rows, the scan saw \(expected.rowCount)"
    }
    if segment.fingerprint != expected.fingerprint {
      return "the segment's model is \(segment.fingerprint), the index's is \(expected.fingerprint)"
    }
    if segment.watermark != expected.watermark {
      return "the segment's watermark is \(segment.watermark), the scan's was \(expected.watermark)"
    }
    return nil
  }

  /// Points between two random rows, nearer to the first, shaken: near the data, but none of its rows.
  private func makeQueries(from index: HNSWIndex) -> VectorBlock {
    var random = SplitMix64(seed: plan.seed)
    let block = VectorBlock(rowCount: plan.queryCount, dimension: index.dimension)
    for number in 0..<plan.queryCount {
      let near = index.vectors.row(Int.random(in: 0..<index.rowCount, using: &random))
      let far = index.vectors.row(Int.random(in: 0..<index.rowCount, using: &random))
      let scale = near.reduce(0) { $0 + abs($1) } / Float(max(1, near.count))
      var query = zip(near, far).map { 0.7 * $0 + 0.3 * $1 + scale * Float.random(in: -0.5...0.5, using: &random) }
      if index.metric == .cosine { _ = VectorMath.normalize(&query) }
      block.setRow(number, query.span)
    }
    return block
  }

  private func makeSample(of index: HNSWIndex) -> [Int] {
    var random = SplitMix64(seed: plan.seed &+ 1)
    return (0..<min(plan.selfSampleCount, index.rowCount)).map { _ in
      Int.random(in: 0..<index.rowCount, using: &random)
    }
  }

  /// Share of the exact top k that is found; a found row with a score equal to the k-th counts.
  private func recall(
    of index: HNSWIndex, queries: VectorBlock, truth: [[Neighbor]], ef: Int, control: BuildControl
  ) throws -> Double {
    var found = 0
    var wanted = 0
    for (number, exact) in truth.enumerated() {
      guard let last = exact.last else { continue }
      let answer = queries.withRow(number) { index.search($0, k: exact.count, ef: ef, visibility: nil) }
      wanted += exact.count
      found += min(exact.count, answer.count { $0.score >= last.score })
      try control.checkpoint()
    }
    return wanted == 0 ? 1 : Double(found) / Double(wanted)
  }

  /// Share of the sampled rows that find themselves, or a row with an equal score, first.
  private func reachability(
    of index: HNSWIndex, sample: [Int], ef: Int, control: BuildControl
  ) throws -> Double {
    var reached = 0
    for row in sample {
      let isReached = index.vectors.withRow(row) { vector in
        let own = VectorMath.score(vector, vector, metric: index.metric)
        // Under innerProduct a longer row may rightly come first, so the row itself is looked for among the first k.
        return index.search(vector, k: k, ef: ef, visibility: nil).contains { $0.row == row || $0.score >= own }
      }
      if isReached { reached += 1 }
      try control.checkpoint()
    }
    return sample.isEmpty ? 1 : Double(reached) / Double(sample.count)
  }
}
