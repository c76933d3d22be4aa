// Owns the promises about built graphs: repeatable, valid, and stoppable.

import IndexModel
import Testing

@testable import VectorIndex

@Suite("HNSW build")
struct HNSWBuildTests {
  static let shapes = ["uniform", "clustered", "repeated", "all equal", "few"]

  static func rows(_ shape: String) -> [[Float]] {
    var random = RandomVectors(stream: 30)
    return switch shape {
    case "uniform": random.uniformRows(2000, dimension: 16)
    case "clustered": random.clusteredRows(2000, dimension: 16, clusters: 40, spread: 0.01)
    case "repeated": random.repeatedRows(2000, dimension: 16, distinct: 50)
    case "all equal": random.repeatedRows(700, dimension: 16, distinct: 1)
    default: random.uniformRows(3, dimension: 16)
    }
  }

  private func bytes(of graph: HNSWGraph) -> [[UInt8]] {
    HNSWGraph.Table.allCases.map { table in
      graph.withBytes(of: table) { span in
        (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
      }
    }
  }

  @Test("The graph is the same, byte for byte, for any number of threads", arguments: shapes)
  func isDeterministic(shape: String) throws {
    let vectors = VectorBlock(Self.rows(shape))
    let alone = try build(vectors, threads: 1).graph
    for threads in [2, 3] {
      let graph = try build(vectors, threads: threads).graph
      #expect(graph.entryRow == alone.entryRow)
      #expect(bytes(of: graph) == bytes(of: alone), "\(threads) threads, \(replay)")
    }
  }

  @Test("Another seed draws other levels")
  func seedDrawsLevels() throws {
    let vectors = VectorBlock(Self.rows("uniform"))
    let first = try build(vectors, parameters: HNSWParameters(m: 8, efConstruction: 40, seed: 1)).graph
    let second = try build(vectors, parameters: HNSWParameters(m: 8, efConstruction: 40, seed: 2)).graph
    #expect(bytes(of: first)[1] != bytes(of: second)[1])
  }

  @Test("Every graph is valid: links in range, no row unreachable", arguments: shapes, [2, 12])
  func isValid(shape: String, m: Int) throws {
    let index = try build(VectorBlock(Self.rows(shape)), parameters: HNSWParameters(m: m, efConstruction: 30))
    try index.validate()
  }

  @Test("No rows make an empty graph, in which nothing is found")
  func emptyGraph() throws {
    let index = try build(VectorBlock(rowCount: 0, dimension: 4))
    try index.validate()
    #expect(index.graph.entryRow == nil)
    #expect(index.search([1, 2, 3, 4].span, k: 5, ef: 10, visibility: nil).isEmpty)
    #expect(index.exactSearch([1, 2, 3, 4].span, k: 5, visibility: nil).isEmpty)
  }

  @Test("The checker names a row that was cut off, and a link out of range")
  func checkerFindsFaults() throws {
    let cut = try build(VectorBlock(Self.rows("few")))
    for row in 0..<3 {
      let slots = unsafe cut.graph.slots(of: row, level: 0)
      for slot in 0..<cut.graph.degreeMax(level: 0) { unsafe slots[slot] = HNSWGraph.noRow }
    }
    #expect(throws: HNSWGraphError.self) { try cut.validate() }
    let wild = try build(VectorBlock(Self.rows("few")))
    unsafe wild.graph.slots(of: 1, level: 0)[0] = 3
    let error = #expect(throws: HNSWGraphError.self) { try wild.validate() }
    #expect(error?.row == 1)
  }

  @Test("Rows that nothing links to are joined again, and nothing is lost by it")
  func repairJoinsWhatWasCutOff() throws {
    let vectors = VectorBlock(Self.rows("uniform"))
    let under = try HNSWBuild(
      vectors: vectors, metric: .squaredL2, parameters: HNSWParameters(m: 4, efConstruction: 20),
      control: BuildControl(threadCount: 1))
    try under.insertAll()
    // Takes every link to a fifth of the rows away, and lets the other rows keep full tables of links.
    let graph = under.finishedGraph()
    for row in 0..<graph.rowCount {
      let slots = unsafe graph.slots(of: row, level: 0)
      for slot in 0..<graph.degreeMax(level: 0) {
        var target = (row * 7 + slot * 131 + 1) % graph.rowCount
        while target % 5 == 0 || target == row { target = (target + 1) % graph.rowCount }
        unsafe slots[slot] = UInt32(target)
      }
    }
    let before = HNSWIndex(vectors: vectors, graph: graph, metric: .squaredL2)
    #expect(throws: HNSWGraphError.self) { try before.validate() }
    try under.repairReachability()
    try graph.checkRanges()
    try reachesEveryRow(graph)
  }

  private func reachesEveryRow(_ graph: HNSWGraph) throws {
    var reached: Set<Int> = [try #require(graph.entryRow)]
    var pending = Array(reached)
    while let row = pending.popLast() {
      for neighbor in graph.neighbors(of: row, level: 0) where reached.insert(neighbor).inserted {
        pending.append(neighbor)
      }
    }
    #expect(reached.count == graph.rowCount)
  }

  @Test("A cancelled build throws and ends its threads")
  func cancels() throws {
    let vectors = VectorBlock(Self.rows("uniform"))
    let control = BuildControl(threadCount: 2, cpuShare: 2)
    control.cancel()
    #expect(throws: BuildCancelled.self) {
      try HNSWBuilder.build(vectors: vectors, metric: .squaredL2, parameters: HNSWParameters(), control: control)
    }
    #expect(throws: BuildCancelled.self) { try control.checkpoint() }
    #expect(control.isCancelled && control.fractionDone < 1)
  }

  @Test("A finished build reports that all is done")
  func reportsProgress() throws {
    let control = BuildControl(threadCount: 1)
    _ = try HNSWBuilder.build(
      vectors: VectorBlock(Self.rows("few")), metric: .squaredL2, parameters: HNSWParameters(), control: control)
    #expect(control.fractionDone == 1)
  }

  @Test("A throttled build is the same build")
  func throttledBuildIsTheSame() throws {
    let vectors = VectorBlock(Array(Self.rows("uniform").prefix(600)))
    let control = BuildControl(threadCount: 2, cpuShare: 0.8)
    let parameters = HNSWParameters(m: 12, efConstruction: 100)
    let graph = try HNSWBuilder.build(
      vectors: vectors, metric: .squaredL2, parameters: parameters, control: control)
    #expect(bytes(of: graph) == bytes(of: try build(vectors, parameters: parameters).graph))
  }
}
