// Owns the choice of the encoder. Invariant 7: the model that the store is opened with is the encoder's own.

import Embedding
import Foundation
import IndexModel
import TierEngine
import Topology

/// What makes an index's vectors.
struct EncoderAssembly {
  /// The model of the index.
  let model: ModelIdentity
  /// The encoder; `nil` where every event brings its vector.
  let encoder: (any TextEncoderPort)?

  /// What the topology names, without the weights being made ready. Throws `ModelArtifactError`.
  static func model(of settings: EmbedSettings) throws -> ModelIdentity {
    switch settings {
    case .minilm(let minilm): try ModelArtifact(folder: minilm.model).model
    case .supplied(let supplied): ModelIdentity(supplied.model)
    case .hashing(let hashing): HashingEncoder(dimension: hashing.dimension).model
    }
  }

  /// Loads what the topology names. Throws `ModelArtifactError`.
  init(_ settings: EmbedSettings) throws {
    switch settings {
    case .minilm(let minilm):
      let encoder = try TransformerEncoder(
        artifact: try ModelArtifact(folder: minilm.model), precision: EncoderPrecision(minilm.precision),
        threadCount: minilm.threads ?? ProcessInfo.processInfo.activeProcessorCount)
      self.encoder = encoder
      model = encoder.model
    case .supplied(let supplied):
      encoder = nil
      model = ModelIdentity(supplied.model)
    case .hashing(let hashing):
      let encoder = HashingEncoder(dimension: hashing.dimension)
      self.encoder = encoder
      model = encoder.model
    }
  }
}

extension ModelIdentity {
  /// A model that the topology declares: its name is all that is known of it.
  init(_ declared: DeclaredModelSettings) {
    self.init(name: declared.name, fingerprint: declared.name, dimension: declared.dimension)
  }
}

extension EncoderPrecision {
  init(_ precision: MiniLMSettings.Precision) {
    switch precision {
    case .automatic: self = .automatic
    case .float32: self = .float32
    case .bfloat16: self = .bfloat16
    }
  }
}
