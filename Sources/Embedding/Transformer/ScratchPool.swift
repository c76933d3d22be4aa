// Owns the memory of forward passes. Invariant: a scratch is with one thread at a time, and no more idle ones are kept
// than `idleCountMax`.

import Synchronization

/// Lends scratch memory.
final class ScratchPool: Sendable {
  /// The most tokens of a chunk: enough that the weights' way from memory is spread over many rows, few enough that a
  /// chunk's activations stay in the second cache.
  let rowCountMax: Int
  private let model: TransformerModel
  private let idleCountMax: Int
  private let idle = Mutex<[ForwardScratch]>([])

  /// An empty pool.
  init(model: TransformerModel, idleCountMax: Int) {
    self.model = model
    self.idleCountMax = idleCountMax
    rowCountMax = max(256, model.shape.tokenCountMax)
  }

  /// A scratch of `rowCountMax` rows: an idle one, or a new one.
  func take() -> ForwardScratch {
    idle.withLock { $0.popLast() } ?? ForwardScratch(rowCountMax: rowCountMax, model: model)
  }

  /// Takes a scratch back.
  func put(back scratch: ForwardScratch) {
    idle.withLock { idle in
      if idle.count < idleCountMax { idle.append(scratch) }
    }
  }
}
