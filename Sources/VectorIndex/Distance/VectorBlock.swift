// Owns rows of float32 vectors in one piece of memory. Invariant: every row starts on a 64-byte boundary and is
// padded with zeros to a multiple of 16 floats, so that kernels never meet a partial register.

// SAFETY: `base` covers `rowCount * stride` floats for as long as `self` lives (owned memory is freed in `deinit`,
// a mapping is held by `owner`), and it is written only before the block is shared.
/// Row-major float32 vectors, in memory of its own or in a mapping.
///
/// Any number of threads may read a block; `setRow` is only for the thread that fills it, before others see it.
@safe public final class VectorBlock: @unchecked Sendable {
  /// Rows.
  public let rowCount: Int
  /// Components of a row.
  public let dimension: Int
  /// Floats from one row's start to the next one's: `dimension` rounded up to a multiple of 16.
  public let stride: Int

  let base: UnsafeMutablePointer<Float>
  private let owner: AnyObject?

  /// The stride of rows of `dimension` components.
  public static func stride(ofDimension dimension: Int) -> Int { (dimension + 15) & ~15 }

  /// Allocates rows of zeros.
  public init(rowCount: Int, dimension: Int) {
    precondition(rowCount >= 0 && dimension > 0, "a block has rows of at least one component")
    self.rowCount = rowCount
    self.dimension = dimension
    stride = Self.stride(ofDimension: dimension)
    owner = nil
    unsafe base = AlignedMemory.allocate(count: rowCount * stride, zero: 0)
  }

  /// Takes rows that `owner` keeps mapped: `rowCount * stride(ofDimension: dimension)` floats at a 64-byte boundary,
  /// the padding zero.
  public init(mapped: UnsafeRawPointer, rowCount: Int, dimension: Int, owner: AnyObject) {
    precondition(rowCount >= 0 && dimension > 0, "a block has rows of at least one component")
    precondition(Int(bitPattern: mapped) % 64 == 0, "rows start on a 64-byte boundary")
    self.rowCount = rowCount
    self.dimension = dimension
    stride = Self.stride(ofDimension: dimension)
    self.owner = owner
    // SAFETY: the mapping is only read: `setRow` refuses a block that has an owner.
    unsafe base = UnsafeMutableRawPointer(mutating: mapped).assumingMemoryBound(to: Float.self)
  }

  deinit {
    if owner == nil { unsafe AlignedMemory.deallocate(base) }
  }

  /// A copy of one row.
  public func row(_ row: Int) -> [Float] {
    precondition(row >= 0 && row < rowCount, "row out of range")
    return unsafe [Float](UnsafeBufferPointer(start: base + row * stride, count: dimension))
  }

  /// Lends one row to `body`.
  public func withRow<R>(_ row: Int, _ body: (Span<Float>) throws -> R) rethrows -> R {
    precondition(row >= 0 && row < rowCount, "row out of range")
    return try unsafe body(Span(_unsafeStart: UnsafePointer(base + row * stride), count: dimension))
  }

  /// Sets one row of a block of its own memory. Only before the block is shared with other threads.
  public func setRow(_ row: Int, _ values: Span<Float>) {
    precondition(row >= 0 && row < rowCount, "row out of range")
    precondition(values.count == dimension, "a row has as many values as the block has dimensions")
    precondition(owner == nil, "a mapped block is read-only")
    unsafe values.withUnsafeBufferPointer { from in
      guard let start = from.baseAddress else { return }
      unsafe (base + row * stride).update(from: start, count: dimension)
    }
  }

  /// Lends all rows with their padding, as they are stored, to `body`: `rowCount * stride` little-endian floats.
  public func withBytes<R>(_ body: (RawSpan) throws -> R) rethrows -> R {
    let byteCount = rowCount * stride * MemoryLayout<Float>.stride
    return try unsafe body(RawSpan(_unsafeStart: UnsafeRawPointer(base), byteCount: byteCount))
  }
}
