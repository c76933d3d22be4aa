// The promise that any BERT runs, whatever its sizes and storage, checked against arithmetic in double precision.

import IndexModel
import TestKit
import TierEngine
import Testing

@testable import Embedding

@Suite("Small models")
struct SmallModelTests {
  @Test(
    "A model of odd sizes in any storage agrees with plain arithmetic", arguments: simdLevels,
    TinyModel.Storage.allCases)
  func plainArithmetic(level: EncoderKernels, storage: TinyModel.Storage) throws {
    let seed = TestSeed.announced(for: "EmbeddingTests.SmallModelTests", fixed: 20_261_121)
    let model = try TinyModel(seed: seed, storage: storage)
    defer { model.remove() }
    let artifact = try ModelArtifact(folder: model.folder.path)
    let encoder = try TransformerEncoder(artifact: artifact, kernels: level, threadCount: 1)
    let oracle = PlainForwardPass(model: model)
    var random = SplitMix64(seed: seed)
    // Every length from the empty text to beyond the 70 positions: every tile and every rest.
    let texts = (0...75).map { length in
      (0..<length).map { _ in ["a", "b", "c", "ab", "!", "é", "字", "x"].randomElement(using: &random) ?? "a" }
        .joined(separator: " ")
    }
    let vectors = try encoder.encode(texts, role: .item)
    for (index, text) in texts.enumerated() {
      let ids = artifact.tokenizer.encode(text)
      #expect(ids.count <= TinyModel.positionCount)
      let expected = oracle.vector(of: ids).map(Float.init)
      let vector = vectors[index * TinyModel.hiddenSize..<(index + 1) * TinyModel.hiddenSize]
      // With 10 components bfloat16's rounding averages out less than with 384: 0.9990 was seen.
      #expect(cosine(vector, expected) >= (level.isBFloat16 ? 0.995 : 0.999_99), "of \(text.debugDescription)")
    }
  }

  @Test("Nothing is encoded to nothing")
  func nothing() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let encoder = try TransformerEncoder(artifact: ModelArtifact(folder: model.folder.path), threadCount: 3)
    #expect(try encoder.encode([], role: .query).isEmpty)
  }

  @Test("An exported prefix before the tensors' names changes nothing but the fingerprint")
  func prefixedNames() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let plain = try TransformerEncoder(artifact: ModelArtifact(folder: model.folder.path))
    try model.writeWeights(prefix: "bert.")
    let prefixed = try TransformerEncoder(artifact: ModelArtifact(folder: model.folder.path))
    #expect(try plain.encode(["a b"], role: .item) == prefixed.encode(["a b"], role: .item))
    #expect(plain.model.fingerprint != prefixed.model.fingerprint)
  }
}
