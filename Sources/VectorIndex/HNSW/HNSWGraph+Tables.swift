// Owns how a graph's tables leave memory and come back from a mapping. Invariant: what comes back was checked.

extension HNSWGraph {
  /// The tables of a graph, in the order in which they are stored; `HNSWGraph` describes their layout.
  public enum Table: String, Sendable, CaseIterable {
    /// The links on level 0.
    case baseLinks
    /// The prefix sums of the rows' levels.
    case upperStarts
    /// The links above level 0.
    case upperLinks
    /// The chains of rows with equal vectors.
    case twins
  }

  /// Lends one table, native 32-bit numbers, to `body`.
  public func withBytes<R>(of table: Table, _ body: (RawSpan) throws -> R) rethrows -> R {
    let (start, count) =
      switch table {
      case .baseLinks: unsafe (baseLinks, rowCount * 2 * m)
      case .upperStarts: unsafe (upperStarts, rowCount + 1)
      case .upperLinks: unsafe (upperLinks, upperBlockCount * m)
      case .twins: unsafe (twins, rowCount)
      }
    return try unsafe body(
      RawSpan(_unsafeStart: UnsafeRawPointer(start), byteCount: count * MemoryLayout<UInt32>.stride))
  }

  /// Takes tables that `owner` keeps mapped, each 4-byte-aligned and native, and checks every number in them, so that
  /// no content can lead a search out of them. Throws `HNSWGraphError`. Linear in the size of the tables.
  public init(
    mapped tables: (Table) -> UnsafeRawBufferPointer, rowCount: Int, m: Int, entryRow: Int?, owner: AnyObject
  ) throws {
    guard m >= 2, m <= 256, rowCount >= 0, rowCount < Int(Self.noRow) else {
      throw HNSWGraphError(row: nil, problem: "m \(m) or row count \(rowCount) is out of range")
    }
    func words(_ table: Table, count: Int) throws -> UnsafeMutablePointer<UInt32> {
      let bytes = unsafe tables(table)
      guard bytes.count == count * MemoryLayout<UInt32>.stride, let start = bytes.baseAddress,
        Int(bitPattern: start) % MemoryLayout<UInt32>.alignment == 0
      else {
        throw HNSWGraphError(
          row: nil, problem: "table \(table.rawValue) has \(bytes.count) bytes, not \(count) aligned numbers")
      }
      // SAFETY: a mapped graph is only read; builders write to tables of their own.
      return unsafe UnsafeMutableRawPointer(mutating: start).assumingMemoryBound(to: UInt32.self)
    }
    let upperStarts = unsafe try words(.upperStarts, count: rowCount + 1)
    let blockCount = unsafe Int(upperStarts[rowCount])
    unsafe self.init(
      rowCount: rowCount, m: m, entryRow: entryRow, baseLinks: try words(.baseLinks, count: rowCount * 2 * m),
      upperStarts: upperStarts, upperLinks: try words(.upperLinks, count: blockCount * m),
      twins: try words(.twins, count: rowCount), owner: owner)
    try checkRanges()
  }
}
