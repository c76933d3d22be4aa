// Owns the names of a BERT model's tensors, with or without the prefix that some exports give them.

/// The names under which a BERT model stores its tensors.
struct TensorNames {
  private let prefix: String

  /// Finds out how `tensors` are named.
  init(in tensors: SafetensorsFile) {
    prefix = tensors.entries["bert.embeddings.word_embeddings.weight"] == nil ? "" : "bert."
  }

  var words: String { prefix + "embeddings.word_embeddings.weight" }
  var positions: String { prefix + "embeddings.position_embeddings.weight" }
  var segments: String { prefix + "embeddings.token_type_embeddings.weight" }
  var embeddingNorm: String { prefix + "embeddings.LayerNorm" }

  /// The tensor `part` of layer `index`.
  func layer(_ index: Int, _ part: String) -> String { "\(prefix)encoder.layer.\(index).\(part)" }
}
