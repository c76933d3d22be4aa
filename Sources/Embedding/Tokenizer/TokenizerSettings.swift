// Owns what a model's files say about its tokenisation. Invariant: a setting that this tokenizer does not follow is
// refused, never ignored.

/// The settings of a BERT tokenizer.
struct TokenizerSettings: Sendable, Hashable {
  /// Whether letters are lower-cased.
  var lowercases = true
  /// Whether accents are dropped.
  var stripsAccents = true
  /// Whether each ideograph is a word.
  var splitsIdeographs = true
  /// Characters of a word past which it is unknown.
  var wordCharactersMax = 100
  /// Tokens that stand for themselves wherever the text holds their name.
  var specialTokens: [String] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
}

extension TokenizerSettings {
  /// Reads `tokenizer_config.json`.
  init(tokenizerConfig config: JSONValue, file: String) throws(ModelArtifactError) {
    lowercases = config["do_lower_case"]?.boolean ?? true
    stripsAccents = config["strip_accents"]?.boolean ?? lowercases
    splitsIdeographs = config["tokenize_chinese_chars"]?.boolean ?? true
    if let name = config["tokenizer_class"]?.string, !name.hasPrefix("Bert") {
      throw Self.unsupported(file, "tokenizer_class", "'\(name)' is not a BERT tokenizer")
    }
  }

  /// Reads all of `tokenizer.json` but its vocabulary. Its truncation and padding are the batch's matter, not ours.
  init(tokenizer: JSONValue, file: String) throws(ModelArtifactError) {
    func require(_ section: String, _ type: String) throws(ModelArtifactError) -> JSONValue {
      guard let value = tokenizer[section] else { throw Self.unsupported(file, section, "it is not there") }
      if let name = value["type"]?.string, name != type {
        throw Self.unsupported(file, section, "its type is \(name); \(type) is what this encoder knows")
      }
      return value
    }
    let normalizer = try require("normalizer", "BertNormalizer")
    guard normalizer["clean_text"]?.boolean ?? true else {
      throw Self.unsupported(file, "normalizer.clean_text", "false is not supported")
    }
    lowercases = normalizer["lowercase"]?.boolean ?? true
    stripsAccents = normalizer["strip_accents"]?.boolean ?? lowercases
    splitsIdeographs = normalizer["handle_chinese_chars"]?.boolean ?? true
    _ = try require("pre_tokenizer", "BertPreTokenizer")
    let model = try require("model", "WordPiece")
    guard (model["continuing_subword_prefix"]?.string ?? "##") == "##",
      (model["unk_token"]?.string ?? "[UNK]") == "[UNK]"
    else { throw Self.unsupported(file, "model", "continuations are marked ## and unknown words [UNK] only") }
    wordCharactersMax = model["max_input_chars_per_word"]?.integer ?? 100
    specialTokens = try Self.addedTokens(tokenizer["added_tokens"]?.array ?? [], file: file)
  }

  private static func addedTokens(_ tokens: [JSONValue], file: String) throws(ModelArtifactError) -> [String] {
    var names: [String] = []
    for (index, token) in tokens.enumerated() {
      let part = "added_tokens[\(index)]"
      guard let name = token["content"]?.string, !name.isEmpty else {
        throw ModelArtifactError(code: .malformed, file: file, part: part, message: "it has no content")
      }
      guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
        throw unsupported(file, "\(part).content", "an added token beyond ASCII is not supported")
      }
      for option in ["single_word", "lstrip", "rstrip", "normalized"] where token[option]?.boolean ?? false {
        throw unsupported(file, "\(part).\(option)", "true is not supported")
      }
      names.append(name)
    }
    return names
  }

  private static func unsupported(_ file: String, _ part: String, _ message: String) -> ModelArtifactError {
    ModelArtifactError(code: .unsupported, file: file, part: part, message: message)
  }
}
