// Owns one block of memory for kernels. Invariant: 64-byte aligned, freed with its object.

/// Zeroed memory of a fixed size.
@safe final class AlignedMemory: @unchecked Sendable {
  // SAFETY: whoever makes the memory either fills it before sharing it, and it is only read from then on (weights), or
  // lends it to one thread at a time (scratch).
  let bytes: UnsafeMutableRawBufferPointer

  /// Allocates `byteCount` bytes.
  init(byteCount: Int) {
    unsafe bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(byteCount, 64), alignment: 64)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Allocates memory that holds `floats`.
  convenience init(_ floats: [Float]) {
    self.init(byteCount: floats.count * MemoryLayout<Float>.stride)
    unsafe floats.withUnsafeBytes { unsafe bytes.copyMemory(from: $0) }
  }

  deinit { unsafe bytes.deallocate() }

  /// The first byte.
  var base: UnsafeMutableRawPointer {
    guard let base = unsafe bytes.baseAddress else { preconditionFailure("memory is never empty") }
    return unsafe base
  }

  /// The memory as floats.
  var floats: UnsafeMutablePointer<Float> { unsafe base.assumingMemoryBound(to: Float.self) }
}
