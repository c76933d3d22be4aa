// Owns the reading of a tokenizer from a model's folder. Invariant: a fault is named by file and line or field.

/// The files that a tokenizer is made of; `nil` where the folder has none.
struct TokenizerFiles {
  /// `tokenizer.json`, which rules where it is there.
  var tokenizer: MappedFile?
  /// `vocab.txt`.
  var vocabulary: MappedFile?
  /// `tokenizer_config.json`, which is read beside `vocab.txt`.
  var settings: MappedFile?

  /// The tokenizer that they describe.
  func read(tokenCountMax: Int) throws(ModelArtifactError) -> WordPieceTokenizer {
    if let tokenizer { return try read(tokenizer: tokenizer, tokenCountMax) }
    guard let vocabulary else {
      preconditionFailure("a folder without both files is refused when it is opened")
    }
    return try read(vocabulary: vocabulary, tokenCountMax)
  }

  private func read(tokenizer file: MappedFile, _ tokenCountMax: Int) throws(ModelArtifactError) -> WordPieceTokenizer {
    let document = try JSONValue(file)
    let settings = try TokenizerSettings(tokenizer: document, file: file.path)
    guard let members = document["model"]?["vocab"]?.members else {
      throw ModelArtifactError(code: .malformed, file: file.path, part: "model.vocab", message: "it is no object")
    }
    var vocabulary = Vocabulary()
    var idEnd: Int32 = 0
    for (token, value) in members {
      let part = "token '\(String(decoding: token, as: UTF8.self))'"
      guard let id = value.integer.flatMap(Int32.init(exactly:)), id >= 0, id < .max else {
        throw ModelArtifactError(code: .malformed, file: file.path, part: part, message: "its id is no index")
      }
      try Self.add(token, id: id, to: &vocabulary, file: file.path, part: part)
      idEnd = max(idEnd, id + 1)
    }
    return try WordPieceTokenizer(
      vocabulary: vocabulary, idEnd: idEnd, settings: settings, tokenCountMax: tokenCountMax, file: file.path)
  }

  private func read(vocabulary file: MappedFile, _ tokenCountMax: Int) throws(ModelArtifactError) -> WordPieceTokenizer
  {
    var settings = TokenizerSettings()
    if let config = self.settings {
      settings = try TokenizerSettings(tokenizerConfig: JSONValue(config), file: config.path)
    }
    var vocabulary = Vocabulary()
    var lines = file.copy().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    for (index, line) in lines.enumerated() {
      let token = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      let part = "line \(index + 1)"
      guard String(validating: token, as: UTF8.self) != nil else {
        throw ModelArtifactError(code: .malformed, file: file.path, part: part, message: "it is not UTF-8")
      }
      try Self.add(token, id: Int32(clamping: index), to: &vocabulary, file: file.path, part: part)
    }
    return try WordPieceTokenizer(
      vocabulary: vocabulary, idEnd: Int32(clamping: lines.count), settings: settings, tokenCountMax: tokenCountMax,
      file: file.path)
  }

  private static func add(
    _ token: some Collection<UInt8>, id: Int32, to vocabulary: inout Vocabulary, file: String, part: String
  ) throws(ModelArtifactError) {
    do throws(Vocabulary.Refusal) {
      try vocabulary.add(token, id: id)
    } catch {
      let message =
        switch error {
        case .empty: "a token is empty"
        case .repeated: "the token stands twice"
        case .full: "the vocabulary is too large"
        }
      throw ModelArtifactError(code: .malformed, file: file, part: part, message: message)
    }
  }
}
