// The promise that a broken model folder is an error which names the file and the part at fault, never a crash.

import Foundation
import IndexModel
import TestKit
import TierEngine
import Testing

@testable import Embedding

@Suite("Model artifacts")
struct ArtifactTests {
  /// What opening and packing the model in `folder` throws.
  private static func error(of model: TinyModel) -> ModelArtifactError? {
    do {
      _ = try TransformerEncoder(artifact: ModelArtifact(folder: model.folder.path))
      return nil
    } catch {
      return error as? ModelArtifactError
    }
  }

  @Test("A fingerprint changes with any file that decides a vector, and with nothing else")
  func fingerprint() throws {
    let model = try TinyModel()
    defer { model.remove() }
    func fingerprint() throws -> String { try ModelArtifact(folder: model.folder.path).model.fingerprint }
    let first = try fingerprint()
    #expect(first.count == 64)
    #expect(try fingerprint() == first)
    try model.write("README.md", "words about it")
    #expect(try fingerprint() == first)
    var seen: Set<String> = [first]
    try model.write("vocab.txt", TinyModel.words.dropLast().joined(separator: "\n"))
    seen.insert(try fingerprint())
    try model.write("config.json", #"{"model_type": "bert", "num_attention_heads": 5}"#)
    seen.insert(try fingerprint())
    try model.write("tokenizer_config.json", #"{"do_lower_case": false}"#)
    seen.insert(try fingerprint())
    try model.write("sentence_bert_config.json", #"{"max_seq_length": 16}"#)
    seen.insert(try fingerprint())
    try model.write("1_Pooling/config.json", #"{"pooling_mode_mean_tokens": true}"#)
    seen.insert(try fingerprint())
    var weights = try model.read("model.safetensors")
    weights[weights.count - 1] ^= 1
    try model.write("model.safetensors", weights)
    seen.insert(try fingerprint())
    #expect(seen.count == 7)
  }

  @Test("A missing file is named", arguments: ["model.safetensors", "vocab.txt"])
  func missing(name: String) throws {
    let model = try TinyModel()
    defer { model.remove() }
    try model.delete(name)
    let error = try #require(Self.error(of: model))
    #expect(error.code == .missing)
    #expect(error.file.hasPrefix(model.folder.path))
  }

  static let brokenWeights: [(String, Data, ModelArtifactError.Code, String?)] = [
    ("empty", Data(), .malformed, nil),
    ("shorter than its length", Data([1, 2, 3]), .malformed, nil),
    ("a huge header", Safetensors.file(header: "{}", length: .max), .malformed, nil),
    ("a header past the end", Safetensors.file(header: "{}", length: 3), .malformed, nil),
    ("no JSON", Safetensors.file(header: "{]"), .malformed, "header byte 1"),
    ("no object", Safetensors.file(header: "[]"), .malformed, nil),
    ("deep nesting", Safetensors.file(header: String(repeating: "[", count: 100_000)), .malformed, "header byte 32"),
    ("bytes of no tensor", Safetensors.file(header: "{}", bytes: [0]), .malformed, nil),
    (
      "a name twice", Safetensors.file(header: #"{"__metadata__":{},"__metadata__":{}}"#), .malformed, "header byte 33"
    ),
    ("no tensors", Safetensors.file(header: "{}"), .malformed, "tensor embeddings.word_embeddings.weight"),
    ("no dtype", one(#"{"shape":[1],"data_offsets":[0,4]}"#), .malformed, "tensor x"),
    ("an unknown dtype", one(#"{"dtype":"F31","shape":[1],"data_offsets":[0,4]}"#), .malformed, "tensor x"),
    ("no shape", one(#"{"dtype":"F32","data_offsets":[0,4]}"#), .malformed, "tensor x"),
    ("a negative size", one(#"{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}"#), .malformed, "tensor x"),
    ("a fractional size", one(#"{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}"#), .malformed, "tensor x"),
    (
      "a shape that overflows",
      one(#"{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,4]}"#), .malformed,
      "tensor x"
    ),
    ("no offsets", one(#"{"dtype":"F32","shape":[1]}"#), .malformed, "tensor x"),
    ("one offset", one(#"{"dtype":"F32","shape":[1],"data_offsets":[0]}"#), .malformed, "tensor x"),
    ("offsets backwards", one(#"{"dtype":"F32","shape":[1],"data_offsets":[4,0]}"#), .malformed, "tensor x"),
    ("offsets past the end", one(#"{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#), .malformed, "tensor x"),
    ("negative offsets", one(#"{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}"#), .malformed, "tensor x"),
    ("a shape of another size", one(#"{"dtype":"F32","shape":[2],"data_offsets":[0,4]}"#), .malformed, "tensor x"),
    ("a gap", one(#"{"dtype":"U8","shape":[3],"data_offsets":[1,4]}"#), .malformed, "tensor x"),
    (
      "an overlap",
      Safetensors.file(
        header: #"{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"#
          + #""y":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}"#,
        bytes: [0, 0, 0, 0]), .malformed, "tensor y"
    ),
  ]

  /// A file of four bytes with the one tensor `x`.
  private static func one(_ entry: String) -> Data {
    Safetensors.file(header: #"{"x":\#(entry)}"#, bytes: [0, 0, 0, 0])
  }

  @Test("Broken weights are refused with the tensor at fault", arguments: brokenWeights)
  func weights(name: String, data: Data, code: ModelArtifactError.Code, part: String?) throws {
    let model = try TinyModel()
    defer { model.remove() }
    try model.write("model.safetensors", data)
    let error = try #require(Self.error(of: model), "\(name)")
    #expect(error.code == code && error.part == part, "\(name): \(error)")
    #expect(error.file.hasSuffix("model.safetensors"))
  }

  @Test("A tensor of the wrong type or shape is refused by its name")
  func wrongTensor() throws {
    let name = "embeddings.word_embeddings.weight"
    for (type, shape, code) in [
      ("I32", [13, 10], ModelArtifactError.Code.unsupported), ("F32", [130], .malformed),
      ("F32", [130, 1], .malformed),
      ("F32", [1, 130], .malformed), ("F32", [0, 10], .malformed),
    ] {
      let model = try TinyModel()
      defer { model.remove() }
      var file = Safetensors()
      file.add(name, type: type, shape: shape, bytes: Array(repeating: 0, count: shape.reduce(4, *)))
      for (other, values) in model.tensors where other != name {
        let bytes = values.flatMap { Safetensors.littleEndian($0.bitPattern, count: 4) }
        file.add(other, type: "F32", shape: model.shapes[other] ?? [], bytes: bytes)
      }
      try model.write("model.safetensors", file.data)
      let error = try #require(Self.error(of: model), "\(type) \(shape)")
      #expect(error.code == code, "\(error)")
      #expect(error.part?.hasPrefix("tensor embeddings.") ?? false, "\(error)")
    }
  }

  @Test("Weights that are not finite are refused, and so large ones that a vector is not finite are an error")
  func outOfRange() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let sound = try model.read("model.safetensors")
    func write(_ value: Float) throws {
      // The file ends with the last layer normalisation's shift.
      let bytes = Safetensors.littleEndian(value.bitPattern, count: 4)
      try model.write("model.safetensors", sound.dropLast(4) + Data(bytes))
    }
    for value in [Float.nan, .infinity, -.infinity] {
      try write(value)
      #expect(Self.error(of: model)?.part == "tensor encoder.layer.1.output.LayerNorm.bias")
    }
    try write(.greatestFiniteMagnitude)
    let encoder = try TransformerEncoder(artifact: ModelArtifact(folder: model.folder.path))
    #expect(throws: EncodingError.self) { try encoder.encode(["a", "b"], role: .item) }
  }

  @Test("Weights cut off or damaged anywhere open, or are refused; they never crash")
  func damage() throws {
    let seed = TestSeed.announced(for: "EmbeddingTests.ArtifactTests", fixed: 20_261_121)
    var random = SplitMix64(seed: seed)
    let model = try TinyModel()
    defer { model.remove() }
    let sound = try model.read("model.safetensors")
    for _ in 0..<300 {
      try model.write("model.safetensors", sound.prefix(Int.random(in: 0..<sound.count, using: &random)))
      #expect(Self.error(of: model) != nil)
      var damaged = sound
      for _ in 0..<3 { damaged[Int.random(in: 0..<3000, using: &random)] = UInt8.random(in: 0...255, using: &random) }
      try model.write("model.safetensors", damaged)
      _ = Self.error(of: model)
    }
  }

  @Test(
    "A setting that this encoder does not follow is refused by its name",
    arguments: [
      ("config.json", #"{"model_type": "roberta"}"#, "model_type"),
      ("config.json", #"{"hidden_act": "relu"}"#, "hidden_act"),
      ("config.json", #"{"num_attention_heads": 0}"#, "num_attention_heads"),
      ("config.json", #"{"num_attention_heads": 3}"#, "tensor embeddings.word_embeddings.weight"),
      ("config.json", #"{"num_attention_heads": 2, "layer_norm_eps": "tiny"}"#, "layer_norm_eps"),
      ("config.json", #"{"num_attention_heads": 2"#, "byte 25"),
      ("sentence_bert_config.json", #"{"max_seq_length": -1}"#, "max_seq_length"),
      ("1_Pooling/config.json", #"{"pooling_mode_cls_token": true}"#, "pooling_mode_cls_token"),
      ("tokenizer_config.json", #"{"tokenizer_class": "T5Tokenizer"}"#, "tokenizer_class"),
    ])
  func settings(file: String, text: String, part: String) throws {
    let model = try TinyModel()
    defer { model.remove() }
    try model.write(file, text)
    let error = try #require(Self.error(of: model))
    #expect(error.part == part, "\(error)")
  }
}
