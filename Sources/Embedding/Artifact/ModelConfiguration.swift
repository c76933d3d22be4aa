// Owns what a model's settings files say about its shape. Invariant: what this encoder does not compute is refused.

/// The settings of a BERT encoder that its tensors do not tell. Defaults are those of the published BERT.
struct ModelConfiguration: Sendable, Hashable {
  /// Attention heads of a layer.
  var headCount = 12
  /// Added to a variance before its root is taken.
  var normEpsilon: Float = 1e-12
  /// The most tokens of a text.
  var tokenCountMax = 256

  /// Reads `config.json`, `sentence_bert_config.json` and `1_Pooling/config.json`, each one where it is there.
  init(
    model: MappedFile?, sentences: MappedFile?, pooling: MappedFile?
  ) throws(ModelArtifactError) {
    if let model { try read(model: model) }
    if let sentences {
      let limit = try JSONValue(sentences)["max_seq_length"]
      tokenCountMax = try Self.positive(limit, "max_seq_length", sentences) ?? tokenCountMax
    }
    if let pooling { try Self.check(pooling: pooling) }
  }

  private mutating func read(model file: MappedFile) throws(ModelArtifactError) {
    let config = try JSONValue(file)
    for (field, only) in [("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute")] {
      guard let value = config[field], value.string != only else { continue }
      throw ModelArtifactError(
        code: .unsupported, file: file.path, part: field, message: "only '\(only)' is supported")
    }
    headCount = try Self.positive(config["num_attention_heads"], "num_attention_heads", file) ?? headCount
    if let epsilon = config["layer_norm_eps"] {
      guard let value = epsilon.number, value >= 0, value < 1 else {
        throw ModelArtifactError(
          code: .malformed, file: file.path, part: "layer_norm_eps", message: "it is no number from 0 to 1")
      }
      normEpsilon = Float(value)
    }
  }

  private static func positive(
    _ value: JSONValue?, _ field: String, _ file: MappedFile
  ) throws(ModelArtifactError) -> Int? {
    guard let value else { return nil }
    guard let number = value.integer, number > 0, number <= 1 << 20 else {
      throw ModelArtifactError(
        code: .malformed, file: file.path, part: field, message: "it is no positive number below a million")
    }
    return number
  }

  private static func check(pooling file: MappedFile) throws(ModelArtifactError) {
    let config = try JSONValue(file)
    for (key, value) in config.members ?? [] {
      let field = String(decoding: key, as: UTF8.self)
      guard field.hasPrefix("pooling_mode_"), let isOn = value.boolean else { continue }
      guard isOn == (field == "pooling_mode_mean_tokens") else {
        throw ModelArtifactError(
          code: .unsupported, file: file.path, part: field, message: "only the mean over tokens is supported")
      }
    }
  }
}
