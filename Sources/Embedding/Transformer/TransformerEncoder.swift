// Owns the in-process encoder. Invariant: a text's vector is the same, bit for bit, whatever batch, thread or number of
// threads computes it.

import IndexModel
import TierEngine

/// Embeds texts with a BERT sentence encoder: WordPiece tokens, transformer layers, the mean over tokens, length 1.
///
/// Call it from several threads at once. Each call computes on its own thread, and `threadCount - 1` helper threads,
/// which all calls share, join in where a batch has more than one chunk: so a query never waits for a batch that
/// another thread encodes. Memory for all-MiniLM-L6-v2: 48 MB of embeddings, the packed weights (21 MB in bfloat16,
/// 42 MB in float32) and about 4 MB a concurrent call.
public final class TransformerEncoder: TextEncoderPort {
  /// What made the vectors.
  public let model: ModelIdentity
  /// The precision in use: never `automatic`.
  public let precision: EncoderPrecision
  /// The SIMD level in use, as `FRESHET_SIMD` names it.
  public let simdLevel: String

  private let tokenizer: WordPieceTokenizer
  private let transformer: TransformerModel
  private let scratches: ScratchPool
  private let helpers: HelperThreads

  /// Packs the artifact's weights, about 0.1 s. `threadCount` >= 1 is how many threads one call may use, the caller's
  /// own included. Throws a `ModelArtifactError` where a tensor is missing or misshapen, an `EncodingError` where
  /// `precision` is `bfloat16` and the CPU has none.
  public convenience init(
    artifact: ModelArtifact, precision: EncoderPrecision = .automatic, threadCount: Int = 1
  ) throws {
    guard let kernels = EncoderKernels(precision: precision) else {
      throw EncodingError(
        isTransient: false,
        message: "the SIMD level in use does not multiply bfloat16; use float32 or automatic")
    }
    try self.init(artifact: artifact, kernels: kernels, threadCount: threadCount)
  }

  init(artifact: ModelArtifact, kernels: EncoderKernels, threadCount: Int) throws(ModelArtifactError) {
    precondition(threadCount >= 1, "a call uses at least its own thread")
    model = artifact.model
    tokenizer = artifact.tokenizer
    precision = kernels.isBFloat16 ? .bfloat16 : .float32
    simdLevel = kernels.description
    transformer = try TransformerModel(artifact, kernels: kernels)
    scratches = ScratchPool(model: transformer, idleCountMax: threadCount + 1)
    helpers = HelperThreads(count: threadCount - 1)
  }

  /// One vector a text, in order. Blocking and CPU-heavy: about 2 ms a text of 32 tokens and thread. The role is
  /// ignored: these models treat both sides alike. Throws an `EncodingError` where the weights are so large that a
  /// vector is not finite.
  public func encode(_ texts: [String], role: EncoderRole) throws -> [Float] {
    let batch = EncodingBatch(
      texts.map(tokenizer.encode), model: transformer, scratches: scratches, threadCount: helpers.count + 1)
    if batch.chunkCount > 1, helpers.count > 0 {
      helpers.help(min(helpers.count, batch.chunkCount - 1)) { batch.work() }
    }
    batch.work()
    let vectors = batch.wait()
    if let index = vectors.firstIndex(where: { !$0.isFinite }) {
      throw EncodingError(
        isTransient: false,
        message:
          "the vector of text \(index / model.dimension) is not finite: the weights of \(model) are out of range; "
          + "fetch the model again")
    }
    return vectors
  }
}
