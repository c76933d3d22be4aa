// Owns typed reads of stored bytes. Invariant: every read is inside the span.

extension RawSpan {
  /// The integer whose bytes start at `offset`, in native order, wherever they are aligned.
  func load<Integer: FixedWidthInteger & BitwiseCopyable>(_: Integer.Type, at offset: Int) -> Integer {
    precondition(offset >= 0 && offset <= byteCount - MemoryLayout<Integer>.size)
    // SAFETY: the bounds were checked, and every bit pattern is an integer.
    return unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self)
  }

  /// The span as UTF-8 text; `nil` where it is none.
  var text: String? {
    // SAFETY: the bytes are only read, during the call.
    unsafe withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
  }

  /// A copy of the span.
  var array: [UInt8] {
    // SAFETY: the bytes are only read, during the call.
    unsafe withUnsafeBytes { unsafe Array($0) }
  }
}
