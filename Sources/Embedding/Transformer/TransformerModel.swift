// Owns the weights of a BERT encoder (Devlin et al., 2019). Invariant: all shapes agree; immutable: any thread.

import CVectorKernels

/// The sizes of a BERT encoder.
struct TransformerShape: Sendable, Hashable {
  var hiddenSize: Int
  var intermediateSize: Int
  var headCount: Int
  var tokenCountMax: Int

  /// Components of a head.
  var headSize: Int { hiddenSize / headCount }
}

/// One encoder layer.
struct TransformerLayer: Sendable {
  /// Queries, keys and values, side by side.
  let projections: LinearLayer
  let attentionOutput: LinearLayer
  let attentionNorm: NormLayer
  let intermediate: LinearLayer
  let output: LinearLayer
  let outputNorm: NormLayer
}

/// A loaded model.
struct TransformerModel: Sendable {
  let kernels: EncoderKernels
  let shape: TransformerShape
  /// The words' embeddings: copied, so that a change of the file cannot change vectors under way.
  let words: AlignedMemory
  /// For each position, its embedding and that of the one segment: the part of a token's sum that its word does not
  /// decide.
  let positions: AlignedMemory
  let embeddingNorm: NormLayer
  let layers: [TransformerLayer]

  /// Copies and packs the artifact's weights for `kernels`: about 0.1 s for 23 million. Throws a
  /// `ModelArtifactError` that names the tensor.
  init(_ artifact: ModelArtifact, kernels: EncoderKernels) throws(ModelArtifactError) {
    let tensors = artifact.tensors
    let names = TensorNames(in: tensors)
    let epsilon = artifact.configuration.normEpsilon
    self.kernels = kernels
    let wordRows = try WeightTensor(names.words, shape: [nil, nil], in: tensors)
    words = AlignedMemory(try wordRows.floats())
    let size = wordRows.columns
    let headCount = artifact.configuration.headCount
    guard size % headCount == 0 else {
      throw ModelArtifactError(
        code: .malformed, file: tensors.file.path, part: "tensor \(names.words)",
        message: "its \(size) columns do not divide by the \(headCount) heads of config.json")
    }
    let positionRows = try WeightTensor(names.positions, shape: [nil, size], in: tensors)
    let segment = try WeightTensor(names.segments, shape: [nil, size], in: tensors).floats()
    var sums = try positionRows.floats()
    for i in sums.indices { sums[i] += segment[i % size] }
    positions = AlignedMemory(sums)
    embeddingNorm = try NormLayer(names.embeddingNorm, size: size, epsilon: epsilon, in: tensors)

    var layers: [TransformerLayer] = []
    while tensors.entries[names.layer(layers.count, "attention.self.query.weight")] != nil {
      layers.append(
        try TransformerLayer(names, index: layers.count, size: size, epsilon: epsilon, in: tensors, kernels: kernels))
    }
    guard let width = layers.first?.intermediate.outputSize else {
      throw ModelArtifactError(
        code: .malformed, file: tensors.file.path, part: "tensor \(names.layer(0, "attention.self.query.weight"))",
        message: "it is not there: the model has no layers")
    }
    if let odd = layers.firstIndex(where: { $0.intermediate.outputSize != width }) {
      throw ModelArtifactError(
        code: .unsupported, file: tensors.file.path, part: "layer \(odd)", message: "its width is not that of layer 0")
    }
    self.layers = layers
    shape = TransformerShape(
      hiddenSize: size, intermediateSize: width, headCount: headCount,
      tokenCountMax: artifact.configuration.tokenCountMax)
  }
}

extension TransformerLayer {
  /// Reads and packs layer `index`.
  init(
    _ names: TensorNames, index: Int, size: Int, epsilon: Float, in tensors: SafetensorsFile, kernels: EncoderKernels
  ) throws(ModelArtifactError) {
    func linear(_ parts: [String], _ input: Int, _ output: Int?) throws(ModelArtifactError) -> LinearLayer {
      try LinearLayer(
        parts.map { names.layer(index, $0) }, inputSize: input, outputSize: output, in: tensors, kernels: kernels)
    }
    func norm(_ part: String) throws(ModelArtifactError) -> NormLayer {
      try NormLayer(names.layer(index, part), size: size, epsilon: epsilon, in: tensors)
    }
    projections = try linear(["attention.self.query", "attention.self.key", "attention.self.value"], size, size)
    attentionOutput = try linear(["attention.output.dense"], size, size)
    attentionNorm = try norm("attention.output.LayerNorm")
    intermediate = try linear(["intermediate.dense"], size, nil)
    output = try linear(["output.dense"], intermediate.outputSize, size)
    outputNorm = try norm("output.LayerNorm")
  }
}
