// Owns the layers' weights as the kernels want them. Invariant: packed for one level, immutable once made.

import CVectorKernels

/// `y = x W^T + b`, W packed for a level's kernels.
struct LinearLayer: Sendable {
  let inputSize: Int
  let outputSize: Int
  private let weights: AlignedMemory
  private let bias: AlignedMemory

  /// Packs the tensors `NAME.weight` and `NAME.bias` of each name, one below the other: several layers with the same
  /// input are one product. `outputSize` is that of each one, `nil`: what the tensor has.
  init(
    _ names: [String], inputSize: Int, outputSize: Int?, in tensors: SafetensorsFile, kernels: EncoderKernels
  ) throws(ModelArtifactError) {
    var rows: [Float] = []
    var biases: [Float] = []
    for name in names {
      let weight = try WeightTensor(name + ".weight", shape: [outputSize, inputSize], in: tensors)
      rows += try weight.floats()
      biases += try WeightTensor(name + ".bias", shape: [weight.rows], in: tensors).floats()
    }
    self.inputSize = inputSize
    self.outputSize = biases.count
    let packed = unsafe AlignedMemory(byteCount: kernels.table.pointee.packed_bytes(biases.count, inputSize))
    // SAFETY: `packed` has the size that the level asks for; `rows` holds outputSize x inputSize floats.
    unsafe rows.withUnsafeBufferPointer {
      unsafe kernels.table.pointee.pack($0.baseAddress, biases.count, inputSize, packed.base)
    }
    weights = packed
    bias = AlignedMemory(biases)
  }

  /// Computes `rows` rows of `output` (outputSize floats each) from those of `input` (inputSize floats each), without
  /// gaps; `scratch` as the level's `multiply_scratch` asks.
  func apply(
    to input: UnsafePointer<Float>, rows: Int, activation: fk_activation = FK_ACTIVATION_NONE,
    output: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer, kernels: EncoderKernels
  ) {
    // SAFETY: weights and bias were made for these sizes; the caller vouches for the other three.
    var product = unsafe fk_product(
      input: input, input_stride: inputSize, rows: rows, weights: weights.base, columns: outputSize, depth: inputSize,
      bias: bias.floats, activation: activation, out: output, out_stride: outputSize, scratch: scratch)
    unsafe kernels.table.pointee.multiply(&product)
  }
}

/// Layer normalisation (Ba et al., 2016) of a sum.
struct NormLayer: Sendable {
  private let size: Int
  private let epsilon: Float
  private let gain: AlignedMemory
  private let shift: AlignedMemory

  /// Reads the tensors `NAME.weight` and `NAME.bias`.
  init(_ name: String, size: Int, epsilon: Float, in tensors: SafetensorsFile) throws(ModelArtifactError) {
    self.size = size
    self.epsilon = epsilon
    gain = AlignedMemory(try WeightTensor(name + ".weight", shape: [size], in: tensors).floats())
    shift = AlignedMemory(try WeightTensor(name + ".bias", shape: [size], in: tensors).floats())
  }

  /// Normalises `x + residual` into `x`, `rows` rows each.
  func apply(
    to x: UnsafeMutablePointer<Float>, adding residual: UnsafePointer<Float>, rows: Int, kernels: EncoderKernels
  ) {
    // SAFETY: gain and shift hold `size` floats; the caller vouches for the rows.
    unsafe kernels.table.pointee.add_normalize(x, residual, rows, size, gain.floats, shift.floats, epsilon)
  }
}
