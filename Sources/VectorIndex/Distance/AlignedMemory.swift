// Owns the allocation of arrays that kernels read. Invariant: they start on a 64-byte boundary (a cache line and an
// AVX-512 register).

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
    let isLarge = byteCount >= 2 * hugePageByteCount
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: isLarge ? hugePageByteCount : 64)
    if isLarge { unsafe adviseHugePages(memory, byteCount: byteCount) }
    return unsafe memory.bindMemory(to: type, capacity: max(1, count))
  }

  /// What x86-64 and AArch64 Linux call huge.
  private static let hugePageByteCount = 2 << 20

  /// Rows are read in no order, so with small pages most reads would miss the page table's cache as well.
  private static func adviseHugePages(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    #if !canImport(Darwin)
      // A refusal costs speed alone.
      _ = unsafe madvise(memory, byteCount, Int32(MADV_HUGEPAGE))
    #endif
  }

  /// Frees memory that `allocate` gave.
  static func deallocate<T: BitwiseCopyable>(_ memory: UnsafeMutablePointer<T>) {
    unsafe UnsafeMutableRawPointer(memory).deallocate()
  }
}
