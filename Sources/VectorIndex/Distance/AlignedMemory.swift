// Owns the allocation of arrays that kernels read. Invariant: they start on a 64-byte boundary (a cache line and an
// AVX-512 register).

enum AlignedMemory {
  /// Memory for `count` values, all `zero`; never empty, so that it always has an address.
  static func allocate<T: BitwiseCopyable>(count: Int, zero: T) -> UnsafeMutablePointer<T> {
    let memory = unsafe allocate(count: count, of: T.self)
    unsafe memory.initialize(repeating: zero, count: max(1, count))
    return unsafe memory
  }

  /// Memory for `count` values, not initialised.
  static func allocate<T: BitwiseCopyable>(count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    let byteCount = max(1, count) * MemoryLayout<T>.stride
    return unsafe UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64).bindMemory(
      to: type, capacity: max(1, count))
  }

  /// Frees memory that `allocate` gave.
  static func deallocate<T: BitwiseCopyable>(_ memory: UnsafeMutablePointer<T>) {
    unsafe UnsafeMutableRawPointer(memory).deallocate()
  }
}
