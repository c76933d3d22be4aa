// Owns the choice of the kernels that an encoder runs. Invariant: made once per encoder, so that all its vectors come
// from one path.

import CVectorKernels

/// In what the linear layers compute. Sums, attention and normalisation are float32 always.
public enum EncoderPrecision: String, Sendable, Hashable, CaseIterable {
  /// bfloat16 where the CPU has instructions for it, float32 elsewhere.
  case automatic
  /// float32: vectors agree with the reference to a cosine of 0.99999 and better.
  case float32
  /// bfloat16 (AVX-512 BF16): about twice as fast, to a cosine of 0.9995 and better.
  case bfloat16
}

/// One SIMD level's kernels.
@safe struct EncoderKernels: Sendable, CustomStringConvertible {
  let level: fk_simd_level
  // SAFETY: points to a constant table in static storage, which `fk_encoder` promises.
  nonisolated(unsafe) let table: UnsafePointer<fk_encoder_kernels>

  /// The kernels of `level`; `nil` where this CPU cannot run them.
  init?(level: fk_simd_level) {
    guard fk_simd_is_available(level) != 0, let table = unsafe fk_encoder(level) else { return nil }
    self.level = level
    unsafe self.table = table
  }

  /// The best kernels for `precision` up to the level in use; `nil` where it is bfloat16 and the CPU has none.
  init?(precision: EncoderPrecision) {
    let level = fk_simd()
    switch precision {
    case .automatic: self.init(level: level)
    case .float32: self.init(level: level == FK_SIMD_AVX512_BF16 ? FK_SIMD_AVX512 : level)
    case .bfloat16:
      guard level == FK_SIMD_AVX512_BF16 else { return nil }
      self.init(level: level)
    }
  }

  /// Every level that this CPU can run, from the lowest on.
  static var available: [EncoderKernels] {
    (0..<FK_SIMD_LEVEL_COUNT).compactMap { EncoderKernels(level: fk_simd_level(UInt32($0))) }
  }

  /// The name by which `FRESHET_SIMD` asks for the level.
  var description: String { unsafe String(cString: fk_simd_name(level)) }

  /// Whether the linear layers run in bfloat16.
  var isBFloat16: Bool { level == FK_SIMD_AVX512_BF16 }
}
