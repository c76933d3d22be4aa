// Owns the repair of rows that no path leads to. Invariant: no step makes a reached row unreachable, so it ends.

extension HNSWBuild {
  /// Links every row that the entry does not reach on level 0 from the nearest row that it does reach.
  func repairReachability() throws {
    guard let entryRow else { return }
    var reached = follows
    markReached(from: entryRow, in: &reached)
    for row in 0..<vectors.rowCount where !reached[row] {
      try control.checkpoint()
      attach(row, to: nearestReached(to: row, entryRow: entryRow, reached: reached))
      markReached(from: row, in: &reached)
    }
  }

  private func markReached(from start: Int, in reached: inout [Bool]) {
    var pending = [start]
    reached[start] = true
    while let row = pending.popLast() {
      walk.graph.forEachLink(of: row, level: 0) { neighbor in
        guard !reached[neighbor] else { return }
        reached[neighbor] = true
        pending.append(neighbor)
      }
    }
  }

  private func nearestReached(to row: Int, entryRow: Int, reached: [Bool]) -> Int {
    let query = unsafe UnsafePointer(vectors.base + row * vectors.stride)
    let desk = desks[0]
    unsafe walk.search(
      from: walk.key(of: entryRow, for: query), level: 0, limit: parameters.efConstruction, query: query,
      filter: ReachedRows(reached: reached, follows: follows), scratch: desk.scratch)
    return desk.scratch.found.drain(best: 1).first?.row ?? entryRow
  }

  /// Links `row` from `parent`. A full parent gives up its last link to `row`, which takes it over in exchange for its
  /// own last one: `row` was not reached, so nobody depended on that.
  private func attach(_ row: Int, to parent: Int) {
    let degreeMax = walk.graph.degreeMax(level: 0)
    if append(UInt32(row), to: parent) { return }
    let parentLinks = unsafe walk.graph.slots(of: parent, level: 0)
    let displaced = unsafe parentLinks[degreeMax - 1]
    unsafe parentLinks[degreeMax - 1] = UInt32(row)
    if !append(displaced, to: row) {
      let links = unsafe walk.graph.slots(of: row, level: 0)
      unsafe links[degreeMax - 1] = displaced
    }
  }

  /// Adds a link in a free slot, or finds it there; returns `false` where all slots hold others.
  private func append(_ target: UInt32, to row: Int) -> Bool {
    let links = unsafe walk.graph.slots(of: row, level: 0)
    for slot in 0..<walk.graph.degreeMax(level: 0) {
      if unsafe links[slot] == target { return true }
      if unsafe links[slot] == HNSWGraph.noRow {
        unsafe links[slot] = target
        return true
      }
    }
    return false
  }
}

private struct ReachedRows: RowFilter {
  let reached: [Bool]
  let follows: [Bool]

  func accepts(_ row: Int) -> Bool { reached[row] && !follows[row] }
}
