// Owns the finding of rows with equal vectors. Invariant: each chain ascends, and its first row stands for it.

enum TwinChains {
  /// For each row the next one with the same components, or `HNSWGraph.noRow`; and whether a row follows another.
  static func find(
    in vectors: VectorBlock, team: WorkerTeam, control: BuildControl
  ) throws -> (next: [UInt32], follows: [Bool]) {
    var next = [UInt32](repeating: HNSWGraph.noRow, count: vectors.rowCount)
    var follows = [Bool](repeating: false, count: vectors.rowCount)
    let blockCount = (vectors.rowCount + rowsPerBlock - 1) / rowsPerBlock
    // Half of a row's hash above its number: sorting brings rows of equal hash together, in their order.
    let order = try team.map(count: blockCount) { block in
      try control.checkpoint()
      let first = block * rowsPerBlock
      return (first..<min(first + rowsPerBlock, vectors.rowCount)).map { row in
        hash(of: row, in: vectors) & ~UInt64(UInt32.max) | UInt64(row)
      }
    }.flatMap { $0 }.sorted()
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, order[end] >> 32 == order[start] >> 32 { end += 1 }
      if end > start + 1 { chain(order[start..<end], in: vectors, next: &next, follows: &follows) }
      start = end
    }
    return (next, follows)
  }

  /// Rows hashed in about a millisecond.
  private static let rowsPerBlock = 4096

  /// Chains the equal ones among rows of equal hash, which may differ.
  private static func chain(
    _ rows: ArraySlice<UInt64>, in vectors: VectorBlock, next: inout [UInt32], follows: inout [Bool]
  ) {
    var lasts: [UInt32] = []
    for row in rows.map({ UInt32(truncatingIfNeeded: $0) }) {
      if let chain = lasts.firstIndex(where: { areEqual(Int($0), Int(row), in: vectors) }) {
        next[Int(lasts[chain])] = row
        follows[Int(row)] = true
        lasts[chain] = row
      } else {
        lasts.append(row)
      }
    }
  }

  private static func hash(of row: Int, in vectors: VectorBlock) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    let start = unsafe UnsafeRawPointer(vectors.base + row * vectors.stride)
    for offset in stride(from: 0, to: vectors.stride * MemoryLayout<Float>.stride, by: 8) {
      let word = unsafe start.load(fromByteOffset: offset, as: UInt64.self)
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }

  private static func areEqual(_ left: Int, _ right: Int, in vectors: VectorBlock) -> Bool {
    let stride = vectors.stride
    let left = unsafe UnsafeBufferPointer(start: vectors.base + left * stride, count: stride)
    let right = unsafe UnsafeBufferPointer(start: vectors.base + right * stride, count: stride)
    return unsafe left.elementsEqual(right)
  }
}
