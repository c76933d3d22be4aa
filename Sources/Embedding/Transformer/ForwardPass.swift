// Owns the computation of vectors from token ids. Invariant: texts lie one behind the other without padding, and a
// text's vector does not depend on its neighbours.

import CVectorKernels

/// The memory of one forward pass over at most `rowCountMax` tokens; one thread at a time.
final class ForwardScratch: Sendable {
  let rowCountMax: Int
  /// Each token's state.
  let states: AlignedMemory
  /// What a layer adds to the states.
  let additions: AlignedMemory
  /// Queries, keys and values; at another time the intermediate activations.
  let wide: AlignedMemory
  /// What attention gathers.
  let contexts: AlignedMemory
  /// The kernels' own.
  let kernel: AlignedMemory

  /// Allocates for `model`.
  init(rowCountMax: Int, model: TransformerModel) {
    self.rowCountMax = rowCountMax
    let shape = model.shape
    func rows(of width: Int) -> AlignedMemory {
      AlignedMemory(byteCount: rowCountMax * width * MemoryLayout<Float>.stride)
    }
    states = rows(of: shape.hiddenSize)
    additions = rows(of: shape.hiddenSize)
    contexts = rows(of: shape.hiddenSize)
    wide = rows(of: max(3 * shape.hiddenSize, shape.intermediateSize))
    let table = unsafe model.kernels.table.pointee
    kernel = AlignedMemory(
      byteCount: max(
        table.multiply_scratch(rowCountMax, max(shape.hiddenSize, shape.intermediateSize)),
        table.attention_scratch(shape.tokenCountMax, shape.headSize)))
  }
}

extension TransformerModel {
  /// The vectors of `texts`, in order: token ids of this model's vocabulary, at most `shape.tokenCountMax` a text and
  /// `scratch.rowCountMax` in all.
  func vectors(of texts: some Collection<[Int32]>, scratch: ForwardScratch) -> [Float] {
    let rows = texts.reduce(0) { $0 + $1.count }
    precondition(rows <= scratch.rowCountMax && texts.allSatisfy { (1...shape.tokenCountMax).contains($0.count) })
    embed(texts, scratch)
    for layer in layers { apply(layer, to: texts, rows: rows, scratch) }
    return unsafe Array(unsafeUninitializedCapacity: texts.count * shape.hiddenSize) { vectors, count in
      // SAFETY: `vectors` has room for one vector a text; the states hold `rows` rows.
      count = texts.count * shape.hiddenSize
      guard let base = vectors.baseAddress else { return }
      var row = 0
      for (index, text) in texts.enumerated() {
        unsafe kernels.table.pointee.pool(
          scratch.states.floats + row * shape.hiddenSize, text.count, shape.hiddenSize, base + index * shape.hiddenSize)
        row += text.count
      }
    }
  }

  private func embed(_ texts: some Collection<[Int32]>, _ scratch: ForwardScratch) {
    // SAFETY: the states have room for every token, the position table for `tokenCountMax` rows, as checked above; the
    // word table has a row for each id, as the artifact checked.
    var row = unsafe scratch.states.floats
    for text in texts {
      for (position, id) in text.enumerated() {
        unsafe (row + position * shape.hiddenSize).update(
          from: words.floats + Int(id) * shape.hiddenSize, count: shape.hiddenSize)
      }
      unsafe embeddingNorm.apply(to: row, adding: positions.floats, rows: text.count, kernels: kernels)
      unsafe row += text.count * shape.hiddenSize
    }
  }

  private func apply(
    _ layer: TransformerLayer, to texts: some Collection<[Int32]>, rows: Int, _ scratch: ForwardScratch
  ) {
    // SAFETY: every block of the scratch has room for `rows` rows of what is written to it.
    let states = unsafe scratch.states.floats
    let additions = unsafe scratch.additions.floats
    let wide = unsafe scratch.wide.floats
    let contexts = unsafe scratch.contexts.floats
    unsafe layer.projections.apply(to: states, rows: rows, output: wide, scratch: scratch.kernel.base, kernels: kernels)
    attend(texts, scratch)
    unsafe layer.attentionOutput.apply(
      to: contexts, rows: rows, output: additions, scratch: scratch.kernel.base, kernels: kernels)
    unsafe layer.attentionNorm.apply(to: states, adding: additions, rows: rows, kernels: kernels)
    unsafe layer.intermediate.apply(
      to: states, rows: rows, activation: FK_ACTIVATION_GELU, output: wide, scratch: scratch.kernel.base,
      kernels: kernels)
    unsafe layer.output.apply(to: wide, rows: rows, output: additions, scratch: scratch.kernel.base, kernels: kernels)
    unsafe layer.outputNorm.apply(to: states, adding: additions, rows: rows, kernels: kernels)
  }

  private func attend(_ texts: some Collection<[Int32]>, _ scratch: ForwardScratch) {
    let size = shape.hiddenSize
    var row = 0
    for text in texts {
      // SAFETY: the text's rows lie within the projections (three parts a row) and the contexts.
      let queries = unsafe scratch.wide.floats + row * 3 * size
      var attention = unsafe fk_attention(
        queries: queries, keys: queries + size, values: queries + 2 * size, stride: 3 * size, length: text.count,
        heads: shape.headCount, head_size: shape.headSize, out: scratch.contexts.floats + row * size, out_stride: size,
        scratch: scratch.kernel.base)
      unsafe kernels.table.pointee.attend(&attention)
      row += text.count
    }
  }
}
