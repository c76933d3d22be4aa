// Owns the promises about searching a graph: recall floors, visibility, equal rows, concurrency.

import IndexModel
import Testing
import VectorIndex

@Suite("HNSW search")
struct HNSWSearchTests {
  private func found(
    _ index: HNSWIndex, _ queries: [[Float]], k: Int, ef: Int, visibility: RowVisibility? = nil
  )
    -> [[Neighbor]]
  {
    queries.map { index.search($0.span, k: k, ef: ef, visibility: visibility) }
  }

  private func exact(
    _ index: HNSWIndex, _ queries: [[Float]], k: Int, visibility: RowVisibility? = nil
  )
    -> [[Neighbor]]
  {
    queries.map { index.exactSearch($0.span, k: k, visibility: visibility) }
  }

  @Test("Recall of evenly spread rows, the hardest ones, stays above its floor", arguments: Metric.allCases)
  func recallUniform(metric: Metric) throws {
    var random = RandomVectors(stream: 40)
    let rows = random.uniformRows(4000, dimension: 32)
    let index = try build(VectorBlock(rows, normalised: metric == .cosine), metric: metric)
    let queries = random.uniformRows(200, dimension: 32)
    let share = recall(of: found(index, queries, k: 10, ef: 100), against: exact(index, queries, k: 10))
    // Observed: cosine 0.9895, innerProduct 0.994, squaredL2 0.990.
    #expect(share >= 0.97, "\(replay)")
  }

  @Test("Recall of tight clusters stays above its floor, and no cluster is cut off")
  func recallClustered() throws {
    var random = RandomVectors(stream: 41)
    let rows = random.clusteredRows(6000, dimension: 48, clusters: 60, spread: 0.05)
    let index = try build(VectorBlock(rows, normalised: true), metric: .cosine)
    let queries = (0..<200).map { _ in rows[random.index(below: rows.count)].map { $0 + random.uniform(-0.05...0.05) } }
    let share = recall(of: found(index, queries, k: 10, ef: 100), against: exact(index, queries, k: 10))
    // Observed: 1.0.
    #expect(share >= 0.99, "\(replay)")
  }

  @Test("Among many equal rows each one finds itself or an equal, and recall is whole")
  func equalRowsStayReachable() throws {
    var random = RandomVectors(stream: 42)
    let rows = random.repeatedRows(3000, dimension: 24, distinct: 40) + random.uniformRows(1000, dimension: 24)
    let index = try build(VectorBlock(rows))
    for row in stride(from: 0, to: rows.count, by: 7) {
      let query = rows[row]
      let nearest = index.search(query.span, k: 1, ef: 20, visibility: nil)
      #expect(nearest.first?.score == 0, "row \(row), \(replay)")
    }
    let queries = random.uniformRows(100, dimension: 24)
    let share = recall(of: found(index, queries, k: 10, ef: 100), against: exact(index, queries, k: 10))
    // Observed: 1.0.
    #expect(share >= 0.99, "\(replay)")
    let repeated = rows[0]
    let everyEqual = index.search(repeated.span, k: 50, ef: 100, visibility: nil)
    #expect(everyEqual.map(\.row) == index.exactSearch(repeated.span, k: 50, visibility: nil).map(\.row))
  }

  @Test("Superseded rows are never found and never crowd out visible ones", arguments: [0.1, 0.5, 0.95])
  func supersededRowsDoNotCount(share: Double) throws {
    var random = RandomVectors(stream: 43)
    let rows = random.uniformRows(2500, dimension: 24) + random.repeatedRows(500, dimension: 24, distinct: 5)
    let index = try build(VectorBlock(rows))
    let mask = SupersessionMask(rowCount: rows.count)
    for row in rows.indices where Double(random.index(below: 1000)) < share * 1000 {
      mask.mark(row, by: SequenceNumber(rawValue: 2))
    }
    let visibility = RowVisibility(
      sequences: RowSequences([UInt64](repeating: 1, count: rows.count)), mask: mask, floor: .zero,
      ceiling: SequenceNumber(rawValue: 2))
    let queries = random.uniformRows(100, dimension: 24)
    let walked = found(index, queries, k: 10, ef: 100, visibility: visibility)
    let truth = exact(index, queries, k: 10, visibility: visibility)
    #expect(walked.allSatisfy { $0.count == 10 && $0.allSatisfy { mask.supersededBy($0.row) == nil } })
    // Observed: 1.0 at each share.
    #expect(recall(of: walked, against: truth) >= 0.98, "\(replay)")
    let before = RowVisibility(
      sequences: RowSequences([UInt64](repeating: 1, count: rows.count)), mask: mask, floor: .zero,
      ceiling: SequenceNumber(rawValue: 1))
    #expect(exact(index, queries, k: 10, visibility: before) == exact(index, queries, k: 10))
  }

  @Test("A search for all rows finds all of them, in the order of the exact search")
  func fullSearchIsExact() throws {
    var random = RandomVectors(stream: 44)
    let rows = random.uniformRows(400, dimension: 8) + random.repeatedRows(200, dimension: 8, distinct: 3)
    let index = try build(VectorBlock(rows))
    let query = random.vector(dimension: 8)
    let all = index.search(query.span, k: 600, ef: 600, visibility: nil)
    #expect(all.count == 600)
    #expect(all == index.exactSearch(query.span, k: 600, visibility: nil))
  }

  @Test("Exact search equals the double-precision oracle, equal scores by row", arguments: Metric.allCases)
  func exactEqualsOracle(metric: Metric) throws {
    var random = RandomVectors(stream: 45)
    let rows = (0..<700).map { _ in (0..<5).map { _ in Float(random.index(below: 5)) - 2 } }
    let index = try build(VectorBlock(rows), metric: metric)
    for _ in 0..<30 {
      let query = (0..<5).map { _ in Float(random.index(below: 5)) - 2 }
      let oracle = rows.indices.map { ($0, referenceScore(query, rows[$0], metric: metric)) }
        .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(25)
      let exact = index.exactSearch(query.span, k: 25, visibility: nil)
      #expect(exact.map(\.row) == oracle.map(\.0), "\(replay)")
    }
  }

  @Test("The blocked search of many queries equals one search each", arguments: [1, 3])
  func blockedExactEqualsSingle(threads: Int) throws {
    var random = RandomVectors(stream: 46)
    let index = try build(VectorBlock(random.uniformRows(1000, dimension: 20)))
    for count in [0, 1, 37] {
      let queries = random.uniformRows(count, dimension: 20)
      let block = VectorBlock(rowCount: count, dimension: 20)
      for (row, query) in queries.enumerated() { block.setRow(row, query.span) }
      let control = BuildControl(threadCount: threads, cpuShare: Double(threads))
      let blocked = try index.exactSearch(queries: block, k: 9, control: control)
      #expect(blocked == exact(index, queries, k: 9))
    }
    let cancelled = BuildControl(threadCount: threads)
    cancelled.cancel()
    #expect(throws: BuildCancelled.self) {
      try index.exactSearch(queries: VectorBlock(rowCount: 5, dimension: 20), k: 1, control: cancelled)
    }
  }

  @Test("Searches that run at once find what they find alone")
  func concurrentEqualsSerial() async throws {
    var random = RandomVectors(stream: 47)
    let index = try build(VectorBlock(random.uniformRows(2000, dimension: 16)))
    let queries = random.uniformRows(200, dimension: 16)
    let serial = found(index, queries, k: 10, ef: 50)
    await withTaskGroup(of: [[Neighbor]].self) { group in
      for _ in 0..<4 {
        group.addTask { queries.map { index.search($0.span, k: 10, ef: 50, visibility: nil) } }
      }
      for await concurrent in group { #expect(concurrent == serial) }
    }
  }

  @Test("More searches than a stamp counts do not remember old visits")
  func stampsWrapAround() throws {
    var random = RandomVectors(stream: 48)
    let index = try build(VectorBlock(random.uniformRows(60, dimension: 4)))
    let query = random.vector(dimension: 4)
    let first = index.search(query.span, k: 5, ef: 10, visibility: nil)
    for _ in 0..<70_000 { #expect(index.search(query.span, k: 5, ef: 10, visibility: nil) == first) }
  }
}
