// Owns the element types of tensors. Invariant: floats of every width convert to float32 without loss.

/// What a tensor's elements are.
enum TensorElement: String, Sendable {
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case float64 = "F64"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case boolean = "BOOL"

  /// Bytes of one element.
  var byteCount: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .boolean: 1
    }
  }

  /// Whether `widen` reads it: what weights are stored as.
  var isWeight: Bool { self == .float32 || self == .float16 || self == .bfloat16 }

  /// Writes the elements in `bytes`, little-endian and of any alignment, to `floats` as float32.
  func widen(_ bytes: RawSpan, into floats: UnsafeMutablePointer<Float>) {
    let count = bytes.byteCount / byteCount
    unsafe bytes.withUnsafeBytes { source in
      // SAFETY: each load lies within `bytes`; the caller's `floats` has room for `count` values.
      switch self {
      case .float16:
        for i in 0..<count {
          unsafe floats[i] = Float(
            Float16(bitPattern: UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))))
        }
      case .bfloat16:
        for i in 0..<count {
          let bits = unsafe UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))
          unsafe floats[i] = Float(bitPattern: UInt32(bits) << 16)
        }
      default:
        for i in 0..<count {
          unsafe floats[i] = Float(
            bitPattern: UInt32(littleEndian: source.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)))
        }
      }
    }
  }
}
