// Owns one model's folder. Invariant: the fingerprint covers every byte that decides a vector: weights, tokenizer,
// preprocessing and the recipe that this room follows; a model with another fingerprint is another model.

import Crypto
import Foundation
import IndexModel

/// A model artifact: a folder with `model.safetensors`, `tokenizer.json` or `vocab.txt`, and, where the model has them,
/// `config.json`, `tokenizer_config.json`, `sentence_bert_config.json` and `1_Pooling/config.json`. Immutable.
public struct ModelArtifact: Sendable {
  /// The folder's path.
  public let folder: String
  /// What its vectors carry.
  public let model: ModelIdentity
  /// Its tokenizer.
  public let tokenizer: WordPieceTokenizer
  let configuration: ModelConfiguration
  let tensors: SafetensorsFile

  /// The files that decide a vector, in the fingerprint's order.
  private static let fileNames = [
    "model.safetensors", "tokenizer.json", "vocab.txt", "tokenizer_config.json", "config.json",
    "sentence_bert_config.json", "1_Pooling/config.json",
  ]
  /// What is done with the files: changes whenever the same files would give other vectors.
  private static let recipe = "freshet bert encoder 1: wordpiece, mean pooling, l2 normalisation"

  /// Opens and checks the folder at `folder`; `name` is what people call the model (`nil`: the folder's name). Maps the
  /// weights and hashes all files: about 0.1 s for 90 MB. Throws a `ModelArtifactError` that names the file.
  public init(folder: String, name: String? = nil) throws(ModelArtifactError) {
    self.folder = folder
    var files: [String: MappedFile] = [:]
    for fileName in Self.fileNames { files[fileName] = try Self.open(fileName, in: folder) }
    guard let weights = files["model.safetensors"] else {
      throw ModelArtifactError(
        code: .missing, file: folder + "/model.safetensors", message: "the file does not exist; fetch the model again")
    }
    guard files["tokenizer.json"] != nil || files["vocab.txt"] != nil else {
      throw ModelArtifactError(
        code: .missing, file: folder + "/tokenizer.json",
        message: "neither it nor vocab.txt exists; fetch the model again")
    }
    tensors = try SafetensorsFile(weights)
    var configuration = try ModelConfiguration(
      model: files["config.json"], sentences: files["sentence_bert_config.json"],
      pooling: files["1_Pooling/config.json"])
    let names = TensorNames(in: tensors)
    let words = try WeightTensor(names.words, shape: [nil, nil], in: tensors)
    let positions = try WeightTensor(names.positions, shape: [nil, words.columns], in: tensors)
    configuration.tokenCountMax = max(2, min(configuration.tokenCountMax, positions.rows))
    self.configuration = configuration
    tokenizer = try TokenizerFiles(
      tokenizer: files["tokenizer.json"], vocabulary: files["vocab.txt"], settings: files["tokenizer_config.json"]
    ).read(tokenCountMax: configuration.tokenCountMax)
    guard tokenizer.idEnd <= words.rows else {
      throw ModelArtifactError(
        code: .malformed, file: weights.path, part: "tensor \(names.words)",
        message: "it has \(words.rows) rows, the vocabulary \(tokenizer.idEnd) tokens; the files are not of one model")
    }
    model = ModelIdentity(
      name: name ?? URL(fileURLWithPath: folder).lastPathComponent,
      fingerprint: Self.fingerprint(Self.fileNames.compactMap { name in files[name].map { (name, $0) } }),
      dimension: words.columns)
  }

  private static func open(_ name: String, in folder: String) throws(ModelArtifactError) -> MappedFile? {
    do {
      return try MappedFile(path: folder + "/" + name)
    } catch  where error.code == .missing {
      return nil
    }
  }

  /// SHA-256 over the recipe and each file's name, length and bytes, so that no byte can move from one to another.
  private static func fingerprint(_ files: [(name: String, file: MappedFile)]) -> String {
    var hasher = SHA256()
    hasher.update(data: Array(recipe.utf8))
    for (name, file) in files {
      hasher.update(data: Array("\n\(name) \(file.count)\n".utf8))
      // SAFETY: the bytes are read within the closure, while the mapping lives.
      file.withBytes { bytes in
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
      }
    }
    return hasher.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 2 ? digits : "0" + digits
    }.joined()
  }
}
