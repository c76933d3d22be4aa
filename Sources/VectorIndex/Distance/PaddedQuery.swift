// Owns the copy of a query that kernels compare with padded rows. Invariant: 64-byte-aligned, padded with zeros.

/// Lends `body` a copy of `query` padded to the stride of rows; the copy is on the stack where it is short.
@inline(__always)
func withPaddedCopy<R>(of query: Span<Float>, _ body: (UnsafePointer<Float>) throws -> R) rethrows -> R {
  let stride = VectorBlock.stride(ofDimension: query.count)
  return try unsafe withUnsafeTemporaryAllocation(
    byteCount: stride * MemoryLayout<Float>.stride, alignment: 64
  ) { memory in
    let copy = unsafe memory.bindMemory(to: Float.self)
    for index in 0..<query.count { unsafe copy[index] = query[index] }
    for index in query.count..<stride { unsafe copy[index] = 0 }
    guard let start = copy.baseAddress else { preconditionFailure("a query has at least one component") }
    return try unsafe body(UnsafePointer(start))
  }
}
