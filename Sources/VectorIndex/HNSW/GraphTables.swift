// Owns the memory of a graph that is being built. Invariant: all slots are unused until the builder sets them.

import IndexModel

// SAFETY: the pointers are valid until `deinit`; the builder's phases give each slot to one thread at a time.
@safe final class GraphTables: @unchecked Sendable {
  let baseLinks: UnsafeMutablePointer<UInt32>
  let upperStarts: UnsafeMutablePointer<UInt32>
  let upperLinks: UnsafeMutablePointer<UInt32>
  let twins: UnsafeMutablePointer<UInt32>

  /// Tables for rows of the given levels.
  init(levels: [UInt8], m: Int) {
    unsafe baseLinks = AlignedMemory.allocate(count: levels.count * 2 * m, zero: HNSWGraph.noRow)
    unsafe upperStarts = AlignedMemory.allocate(count: levels.count + 1, zero: 0)
    unsafe twins = AlignedMemory.allocate(count: levels.count, zero: HNSWGraph.noRow)
    var blockCount: UInt32 = 0
    for (row, level) in levels.enumerated() {
      unsafe upperStarts[row] = blockCount
      blockCount += UInt32(level)
    }
    unsafe upperStarts[levels.count] = blockCount
    unsafe upperLinks = AlignedMemory.allocate(count: Int(blockCount) * m, zero: HNSWGraph.noRow)
  }

  deinit {
    unsafe AlignedMemory.deallocate(baseLinks)
    unsafe AlignedMemory.deallocate(upperStarts)
    unsafe AlignedMemory.deallocate(upperLinks)
    unsafe AlignedMemory.deallocate(twins)
  }

  /// The graph over these tables.
  func graph(rowCount: Int, m: Int, entryRow: Int?) -> HNSWGraph {
    unsafe HNSWGraph(
      rowCount: rowCount, m: m, entryRow: entryRow, baseLinks: baseLinks, upperStarts: upperStarts,
      upperLinks: upperLinks, twins: twins, owner: self)
  }
}
