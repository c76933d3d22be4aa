// Owns the links back from linked rows to the rows of a batch. Invariant: each linked row is changed by one work item,
// which sees all its new links at once and in row order.

enum BackLinks {
  /// The rows of a batch that linked to `row` on `level`, ascending.
  struct Group: Sendable {
    let row: Int
    let level: Int
    let newcomers: [UInt32]
  }

  /// Groups the batch's links by the row they lead to.
  static func gather(from batch: Range<Int>, build: HNSWBuild) -> [Group] {
    struct Link { let level: Int, target: UInt32, source: UInt32 }
    var links: [Link] = []
    for row in batch where !build.follows[row] {
      for level in 0...Int(build.levels[row]) {
        build.walk.graph.forEachLink(of: row, level: level) { target in
          links.append(Link(level: level, target: UInt32(target), source: UInt32(row)))
        }
      }
    }
    links.sort { ($0.level, $0.target, $0.source) < ($1.level, $1.target, $1.source) }
    var groups: [Group] = []
    var start = 0
    while start < links.count {
      let first = links[start]
      var end = start + 1
      while end < links.count, links[end].level == first.level, links[end].target == first.target { end += 1 }
      groups.append(
        Group(row: Int(first.target), level: first.level, newcomers: links[start..<end].map(\.source)))
      start = end
    }
    return groups
  }

  /// Adds a group's links; where there are too many, all old and new ones stand for choice again.
  static func merge(_ group: Group, build: HNSWBuild, desk: BuilderDesk) {
    let degreeMax = build.walk.graph.degreeMax(level: group.level)
    let slots = unsafe build.walk.graph.slots(of: group.row, level: group.level)
    var degree = 0
    while degree < degreeMax, unsafe slots[degree] != HNSWGraph.noRow { degree += 1 }
    if degree + group.newcomers.count <= degreeMax {
      for (offset, newcomer) in group.newcomers.enumerated() { unsafe slots[degree + offset] = newcomer }
      return
    }
    let all = (0..<degree).map { unsafe slots[$0] } + group.newcomers
    let kept = unsafe desk.selection.choose(
      from: desk.rank(all, for: group.row), limit: degreeMax, into: slots)
    for slot in kept..<degreeMax { unsafe slots[slot] = HNSWGraph.noRow }
  }
}
