// Owns the validity checker of a graph. Invariant: it names the first row at fault.

/// A graph that breaks one of its rules.
public struct HNSWGraphError: Error, Sendable, CustomStringConvertible {
  /// The row at fault; `nil` where the graph as a whole is.
  public let row: Int?
  /// Which rule is broken, and how.
  public let problem: String

  /// The row and the problem.
  public var description: String { row.map { "graph row \($0): \(problem)" } ?? "graph: \(problem)" }
}

extension HNSWGraph {
  /// Checks that every number is in its range, so that walking is safe. Linear in the size of the tables.
  func checkRanges() throws {
    guard (entryRow == nil) == (rowCount == 0) else {
      throw HNSWGraphError(row: nil, problem: "an entry row and rows belong together")
    }
    guard unsafe upperStarts[0] == 0 else { throw HNSWGraphError(row: 0, problem: "upper blocks do not begin at 0") }
    // All levels first: checking links reads the levels of the rows that they lead to.
    for row in 0..<rowCount {
      guard unsafe upperStarts[row + 1] >= upperStarts[row] else {
        throw HNSWGraphError(row: row, problem: "upper blocks descend")
      }
    }
    guard let entryRow else { return }
    guard entryRow >= 0, entryRow < rowCount else {
      throw HNSWGraphError(row: entryRow, problem: "the entry row does not exist")
    }
    let levelMax = self.levelMax
    for row in 0..<rowCount {
      let level = self.level(of: row)
      guard level <= levelMax else { throw HNSWGraphError(row: row, problem: "is above the entry row's level") }
      for level in 0...level { try checkLinks(of: row, level: level) }
      let twin = unsafe twins[row]
      guard twin == Self.noRow || (Int(twin) > row && Int(twin) < rowCount) else {
        throw HNSWGraphError(row: row, problem: "its twin \(twin) is no later row")
      }
    }
  }

  private func checkLinks(of row: Int, level: Int) throws {
    let links = unsafe slots(of: row, level: level)
    var ended = false
    for slot in 0..<degreeMax(level: level) {
      let neighbor = unsafe links[slot]
      if neighbor == Self.noRow {
        ended = true
        continue
      }
      guard !ended else { throw HNSWGraphError(row: row, problem: "a link follows an unused slot on level \(level)") }
      guard Int(neighbor) < rowCount, Int(neighbor) != row else {
        throw HNSWGraphError(row: row, problem: "links to \(neighbor) on level \(level)")
      }
      guard self.level(of: Int(neighbor)) >= level else {
        throw HNSWGraphError(row: row, problem: "links to \(neighbor) on level \(level), which that row lacks")
      }
    }
  }

  /// Checks that no row is linked twice by another one, that chains of equal rows do not meet, and that every row is
  /// reached from the entry on level 0 or through a chain. Only for a graph whose ranges were checked.
  func checkReachability() throws {
    guard let entryRow else { return }
    let chained = try rowsInChains()
    guard !chained[entryRow] else { throw HNSWGraphError(row: entryRow, problem: "the entry row is in a chain") }
    // The last list of links, by number, in which a row was seen.
    var seenIn = [Int](repeating: -1, count: rowCount)
    var list = 0
    for row in 0..<rowCount {
      for level in 0...level(of: row) {
        try forEachLink(of: row, level: level) { neighbor in
          guard seenIn[neighbor] != list else {
            throw HNSWGraphError(row: row, problem: "links to \(neighbor) twice on level \(level)")
          }
          guard !chained[neighbor] else {
            throw HNSWGraphError(row: row, problem: "links to \(neighbor), which only its chain may reach")
          }
          seenIn[neighbor] = list
        }
        list += 1
      }
    }
    try checkEveryRowIsReached(from: entryRow, except: chained)
  }

  /// Whether a row follows another one in a chain.
  private func rowsInChains() throws -> [Bool] {
    var chained = [Bool](repeating: false, count: rowCount)
    for row in 0..<rowCount {
      guard let twin = twin(of: row) else { continue }
      guard !chained[twin] else { throw HNSWGraphError(row: twin, problem: "is in two chains of equal rows") }
      chained[twin] = true
    }
    return chained
  }

  private func checkEveryRowIsReached(from entryRow: Int, except chained: [Bool]) throws {
    var reached = chained
    var pending = [entryRow]
    reached[entryRow] = true
    while let row = pending.popLast() {
      forEachLink(of: row, level: 0) { neighbor in
        guard !reached[neighbor] else { return }
        reached[neighbor] = true
        pending.append(neighbor)
      }
    }
    if let row = reached.firstIndex(of: false) {
      throw HNSWGraphError(row: row, problem: "is not reachable from the entry row \(entryRow)")
    }
  }
}
