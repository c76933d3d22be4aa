// Owns a model small enough to write to disk for one test. Invariant: the same seed gives the same files; its sizes are
// odd on purpose, so that no kernel's block divides them.

import Foundation
import IndexModel

/// A BERT of a few hundred weights in a folder of its own, which `remove` deletes.
struct TinyModel {
  static let hiddenSize = 10
  static let intermediateSize = 37
  static let headCount = 2
  static let layerCount = 2
  static let positionCount = 70
  static let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "##a", "##b", "##c", "!", "é", "字"]

  /// How weights are stored.
  enum Storage: String, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
  }

  let folder: URL
  /// The weights as the model reads them, by name.
  private(set) var tensors: [String: [Float]] = [:]
  private(set) var shapes: [String: [Int]] = [:]

  /// Writes the model.
  init(seed: UInt64 = 1, storage: Storage = .float32) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiny-model-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var random = SplitMix64(seed: seed)
    for (name, shape) in Self.layout {
      shapes[name] = shape
      tensors[name] = (0..<shape.reduce(1, *)).map { _ in
        let isGain = name.hasSuffix("LayerNorm.weight")
        return storage.rounded(Float.random(in: -0.5...0.5, using: &random) + (isGain ? 1 : 0))
      }
    }
    try write("vocab.txt", Self.words.joined(separator: "\n") + "\n")
    try write("config.json", #"{"model_type": "bert", "num_attention_heads": \#(Self.headCount)}"#)
    try writeWeights(storage: storage)
  }

  /// Names and shapes of all tensors, in the file's order.
  private static var layout: [(String, [Int])] {
    var layout = [
      ("embeddings.word_embeddings.weight", [words.count, hiddenSize]),
      ("embeddings.position_embeddings.weight", [positionCount, hiddenSize]),
      ("embeddings.token_type_embeddings.weight", [2, hiddenSize]),
      ("embeddings.LayerNorm.weight", [hiddenSize]), ("embeddings.LayerNorm.bias", [hiddenSize]),
    ]
    for index in 0..<layerCount {
      for (part, output, input) in [
        ("attention.self.query", hiddenSize, hiddenSize), ("attention.self.key", hiddenSize, hiddenSize),
        ("attention.self.value", hiddenSize, hiddenSize), ("attention.output.dense", hiddenSize, hiddenSize),
        ("intermediate.dense", intermediateSize, hiddenSize), ("output.dense", hiddenSize, intermediateSize),
      ] {
        layout.append(("encoder.layer.\(index).\(part).weight", [output, input]))
        layout.append(("encoder.layer.\(index).\(part).bias", [output]))
      }
      for part in ["attention.output.LayerNorm", "output.LayerNorm"] {
        layout.append(("encoder.layer.\(index).\(part).weight", [hiddenSize]))
        layout.append(("encoder.layer.\(index).\(part).bias", [hiddenSize]))
      }
    }
    return layout
  }

  /// Replaces the weights' file by one whose names start with `prefix`.
  func writeWeights(storage: Storage = .float32, prefix: String = "") throws {
    var file = Safetensors()
    for (name, shape) in Self.layout {
      file.add(
        prefix + name, type: storage.rawValue, shape: shape,
        bytes: (tensors[name] ?? []).flatMap(storage.bytes))
    }
    try write("model.safetensors", file.data)
  }

  /// Replaces the file `name`.
  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  /// Replaces the file `name`.
  func write(_ name: String, _ data: Data) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// The bytes of the file `name`.
  func read(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }

  /// Deletes the file `name`.
  func delete(_ name: String) throws { try FileManager.default.removeItem(at: folder.appendingPathComponent(name)) }

  /// Deletes the folder.
  func remove() { try? FileManager.default.removeItem(at: folder) }
}

extension TinyModel.Storage {
  /// The nearest value that the storage holds; for bfloat16 the one towards zero.
  func rounded(_ value: Float) -> Float {
    switch self {
    case .float32: value
    case .float16: Float(Float16(value))
    case .bfloat16: Float(bitPattern: value.bitPattern & 0xFFFF_0000)
    }
  }

  /// The bytes of a value that was rounded.
  func bytes(_ value: Float) -> [UInt8] {
    switch self {
    case .float32: Safetensors.littleEndian(value.bitPattern, count: 4)
    case .float16: Safetensors.littleEndian(UInt32(Float16(value).bitPattern), count: 2)
    case .bfloat16: Safetensors.littleEndian(value.bitPattern >> 16, count: 2)
    }
  }
}

/// A safetensors file in the making, sound or broken.
struct Safetensors {
  private var entries: [String] = []
  private(set) var bytes: [UInt8] = []

  /// Appends a tensor.
  mutating func add(_ name: String, type: String, shape: [Int], bytes added: [UInt8]) {
    entry(
      name, #"{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(bytes.count),\#(bytes.count + added.count)]}"#)
    bytes += added
  }

  /// Appends a header entry as it stands.
  mutating func entry(_ name: String, _ json: String) { entries.append(#""\#(name)":\#(json)"#) }

  /// The whole file.
  var data: Data { Self.file(header: "{" + entries.joined(separator: ",") + "}", bytes: bytes) }

  /// A file with any header; `length` is what it claims of it.
  static func file(header: String, bytes: [UInt8] = [], length: UInt64? = nil) -> Data {
    let claim = length ?? UInt64(header.utf8.count)
    return Data((0..<8).map { UInt8(truncatingIfNeeded: claim >> (8 * UInt64($0))) } + Array(header.utf8) + bytes)
  }

  /// The lowest `count` bytes of `value`.
  static func littleEndian(_ value: UInt32, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }
}
