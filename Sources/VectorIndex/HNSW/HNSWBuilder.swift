// Owns the building of a graph. Invariant: the graph is a function of rows, metric, parameters and SIMD level alone;
// the number of threads changes nothing.
//
// Rows are inserted in batches. Each batch has two phases, and within a phase no work item reads what another writes:
//   link     every row of the batch searches the graph of the earlier batches, scores the earlier rows of its own
//            batch directly, and chooses its links;
//   merge    the links back are gathered, sorted, and added to each linked row in one go.

import IndexModel

/// Builds HNSW graphs.
public enum HNSWBuilder {
  /// Builds the graph over `vectors`, on `control.threadCount` threads of its own; the caller waits. Rows with equal
  /// vectors are chained, and every row can be reached. Throws `BuildCancelled`.
  public static func build(
    vectors: VectorBlock, metric: Metric, parameters: HNSWParameters, control: BuildControl
  ) throws -> HNSWGraph {
    precondition((2...256).contains(parameters.m), "m is in 2...256")
    precondition(vectors.rowCount < Int(HNSWGraph.noRow), "rows are numbered by 32 bits")
    let build = try HNSWBuild(vectors: vectors, metric: metric, parameters: parameters, control: control)
    try build.insertAll()
    try build.repairReachability()
    control.report(fractionDone: 1)
    return build.finishedGraph()
  }
}

/// A build under way.
// SAFETY: the phases give each row's slots to one thread at a time, `forEach` orders the phases, and each worker has a
// desk of its own; `entry` changes between phases only.
final class HNSWBuild: @unchecked Sendable {
  /// Large enough to keep threads busy, small enough that scoring the batch directly costs little.
  static let batchRowCount = 256

  let vectors: VectorBlock
  let parameters: HNSWParameters
  let control: BuildControl
  let team: WorkerTeam
  let tables: GraphTables
  let walk: GraphWalk
  let levels: [UInt8]
  let follows: [Bool]
  let desks: [BuilderDesk]
  /// Where searches begin; `nil` before the first row.
  private(set) var entryRow: Int?

  init(vectors: VectorBlock, metric: Metric, parameters: HNSWParameters, control: BuildControl) throws {
    self.vectors = vectors
    self.parameters = parameters
    self.control = control
    team = WorkerTeam(threadCount: control.threadCount)
    let (twins, follows) = try TwinChains.find(in: vectors, team: team, control: control)
    self.follows = follows
    levels = (0..<vectors.rowCount).map { follows[$0] ? 0 : RowLevels.level(of: $0, parameters: parameters) }
    tables = GraphTables(levels: levels, m: parameters.m)
    for (row, twin) in twins.enumerated() { unsafe tables.twins[row] = twin }
    let walk = GraphWalk(
      graph: tables.graph(rowCount: vectors.rowCount, m: parameters.m, entryRow: nil), vectors: vectors,
      kernels: DistanceKernels(metric))
    self.walk = walk
    let rowCount = vectors.rowCount
    desks = (0..<control.threadCount).map { _ in BuilderDesk(walk: walk, rowCount: rowCount, m: parameters.m) }
  }

  func finishedGraph() -> HNSWGraph {
    tables.graph(rowCount: vectors.rowCount, m: parameters.m, entryRow: entryRow)
  }

  func insertAll() throws {
    for start in stride(from: 0, to: vectors.rowCount, by: Self.batchRowCount) {
      let batch = start..<min(start + Self.batchRowCount, vectors.rowCount)
      try team.forEach(count: batch.count) { worker, offset in
        try self.control.checkpoint()
        self.link(batch.lowerBound + offset, batch: batch, desk: self.desks[worker])
      }
      let groups = BackLinks.gather(from: batch, build: self)
      try team.forEach(count: groups.count) { worker, group in
        if group % 64 == 0 { try self.control.checkpoint() }
        BackLinks.merge(groups[group], build: self, desk: self.desks[worker])
      }
      raiseEntry(over: batch)
      control.report(fractionDone: Double(batch.upperBound) / Double(vectors.rowCount))
    }
  }

  /// Chooses the links of `row` on each of its levels.
  private func link(_ row: Int, batch: Range<Int>, desk: BuilderDesk) {
    guard !follows[row] else { return }
    let query = unsafe UnsafePointer(vectors.base + row * vectors.stride)
    let rowLevel = Int(levels[row])
    let peers = unsafe desk.scorePeers(of: query, rows: batch.lowerBound..<row)
    var entry = entryRow.map { unsafe walk.key(of: $0, for: query) }
    let graphLevel = entryRow.map { Int(levels[$0]) } ?? -1
    for level in stride(from: max(graphLevel, rowLevel), through: 0, by: -1) {
      if level > rowLevel {
        if let from = entry {
          entry = unsafe walk.descend(from: from, level: level, query: query, scratch: desk.scratch)
        }
        continue
      }
      desk.scratch.found.removeAll()
      if let from = entry, level <= graphLevel {
        unsafe walk.search(
          from: from, level: level, limit: parameters.efConstruction, query: query, filter: EveryRow(),
          scratch: desk.scratch)
      }
      var candidates = desk.scratch.found.drainKeys()
      entry = candidates.first ?? entry
      for peer in peers where Int(levels[peer.row]) >= level && !follows[peer.row] { candidates.append(peer) }
      candidates.sort(by: >)
      if candidates.count > parameters.efConstruction {
        candidates.removeLast(candidates.count - parameters.efConstruction)
      }
      _ = unsafe desk.selection.choose(
        from: candidates, limit: parameters.m, into: walk.graph.slots(of: row, level: level))
    }
  }

  private func raiseEntry(over batch: Range<Int>) {
    for row in batch where !follows[row] {
      if let entryRow, levels[row] <= levels[entryRow] { continue }
      entryRow = row
    }
  }
}
