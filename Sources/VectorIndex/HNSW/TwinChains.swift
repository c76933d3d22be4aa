// Owns the finding of rows with equal vectors. Invariant: each chain ascends, and its first row stands for it.

enum TwinChains {
  /// For each row the next one with the same components, or `HNSWGraph.noRow`; and whether a row follows another.
  static func find(in vectors: VectorBlock) -> (next: [UInt32], follows: [Bool]) {
    var next = [UInt32](repeating: HNSWGraph.noRow, count: vectors.rowCount)
    var follows = [Bool](repeating: false, count: vectors.rowCount)
    let hashes = (0..<vectors.rowCount).map { hash(of: $0, in: vectors) }
    // By hash, then by row. Rows whose hashes collide without being equal are told apart in their group.
    let order = (0..<UInt32(vectors.rowCount)).sorted {
      (hashes[Int($0)], $0) < (hashes[Int($1)], $1)
    }
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, hashes[Int(order[end])] == hashes[Int(order[start])] { end += 1 }
      chain(order[start..<end], in: vectors, next: &next, follows: &follows)
      start = end
    }
    return (next, follows)
  }

  private static func chain(
    _ rows: ArraySlice<UInt32>, in vectors: VectorBlock, next: inout [UInt32], follows: inout [Bool]
  ) {
    var lasts: [UInt32] = []
    for row in rows {
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
