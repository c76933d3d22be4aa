// Owns the list of kernels that a test runs through.

@testable import Embedding

/// The kernels of every SIMD level that this CPU has.
let simdLevels: [EncoderKernels] = EncoderKernels.available
