// Owns which rows a walk through a graph counts as found.

/// Which rows count. Generic, so that a walk is compiled for each filter.
protocol RowFilter {
  func accepts(_ row: Int) -> Bool
}

/// Every row counts.
struct EveryRow: RowFilter {
  @inline(__always)
  func accepts(_ row: Int) -> Bool { true }
}

/// A row counts if it, or a later row of its chain of equal vectors, is visible.
// SAFETY: the chains are those of a graph that the searching index keeps alive.
@safe struct VisibleChains: RowFilter {
  let visibility: RowVisibility
  let twins: UnsafeMutablePointer<UInt32>

  @inline(__always)
  func accepts(_ row: Int) -> Bool {
    var row = UInt32(row)
    repeat {
      if visibility.isVisible(Int(row)) { return true }
      row = unsafe twins[Int(row)]
    } while row != HNSWGraph.noRow
    return false
  }
}
