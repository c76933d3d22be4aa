// Owns the measure of the main tier's graph alone: building it, and what a search finds at what speed.

import IndexModel
import VectorIndex

/// HNSW over the benchmarks' vectors, one thread.
struct GraphSpeed {
  private let plan: BenchPlan
  private let k = 10
  private let queryCount = 1000

  init(_ plan: BenchPlan) {
    self.plan = plan
  }

  func run() async throws -> [ReportTable] {
    plan.announce("graph of \(plan.indexItems) vectors")
    let load = BenchEnvironment.load
    let (seconds, rows) = try await OwnThread.run("bench-graph") { [self] in try measure() }
    var table =
      ReportTable(
        title: "Graph",
        about: """
          HNSW over \(plan.indexItems) vectors of \(VectorSeries.dimension) components, m = \(HNSWParameters().m), \
          efConstruction = \(HNSWParameters().efConstruction), built on one thread in \
          \(seconds.rounded(digits: 1)) s. Searches on one thread; recall@\(k) against exact answers, over \
          \(queryCount) queries that are no items. Load \(load).
          """,
        columns: ["ef", "searches/s", "recall@\(k)"])
    for row in rows { table.add(row) }
    return [table]
  }

  private func measure() throws -> (Double, [[String]]) {
    let items = block(from: 0, count: plan.indexItems)
    let queries = block(from: 1 << 40, count: queryCount)
    let start = Stopwatch.nanoseconds
    let graph = try HNSWBuilder.build(
      vectors: items, metric: .cosine, parameters: HNSWParameters(), control: BuildControl(threadCount: 1))
    let seconds = Stopwatch.seconds(since: start)
    let index = HNSWIndex(vectors: items, graph: graph, metric: .cosine)
    let truth = try index.exactSearch(queries: queries, k: k, control: BuildControl(threadCount: 1))
    return (seconds, [32, 64, 96, 192].map { row(index, queries, truth, ef: $0) })
  }

  private func block(from first: Int, count: Int) -> VectorBlock {
    let vectors = VectorSeries(seed: plan.seed)
    let block = VectorBlock(rowCount: count, dimension: VectorSeries.dimension)
    for row in 0..<count { block.setRow(row, vectors[first + row].span) }
    return block
  }

  private func row(_ index: HNSWIndex, _ queries: VectorBlock, _ truth: [[Neighbor]], ef: Int) -> [String] {
    var found = 0
    let seconds = Stopwatch.seconds {
      for number in 0..<queries.rowCount {
        let answer = queries.withRow(number) { index.search($0, k: k, ef: ef, visibility: nil) }
        let last = truth[number][k - 1].score
        found += answer.count { $0.score >= last }
      }
    }
    let recall = Double(found) / Double(k * queries.rowCount)
    return ["\(ef)", (Double(queries.rowCount) / seconds).rounded(digits: 0), recall.rounded(digits: 4)]
  }
}
