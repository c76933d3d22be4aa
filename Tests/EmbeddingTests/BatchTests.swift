// The promise that a text's vector does not depend on what is encoded beside it, before it, or at the same time.

import Foundation
import IndexModel
import Synchronization
import TestKit
import TierEngine
import Testing

@testable import Embedding

@Suite("Batches")
struct BatchTests {
  /// Seeded texts of 1 to 90 words.
  private static func texts(_ count: Int, using random: inout SplitMix64) -> [String] {
    let words = [
      "index", "vector", "catalogue", "stream", "updates", "поиск", "検索", "naïve", "tier", "fresh", "a", "!",
    ]
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...90, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
    }
  }

  @Test("A text's vector is the same bits alone and in any batch, order and number of threads", arguments: simdLevels)
  func invariance(level: EncoderKernels) throws {
    let seed = TestSeed.announced(for: "EmbeddingTests.BatchTests", fixed: 20_261_121)
    var random = SplitMix64(seed: seed)
    let artifact = try RealModel.open()
    let alone = try TransformerEncoder(artifact: artifact, kernels: level, threadCount: 1)
    let threaded = try TransformerEncoder(artifact: artifact, kernels: level, threadCount: 3)
    let texts = Self.texts(24, using: &random)
    let size = artifact.model.dimension
    let expected = try texts.map { try alone.encode([$0], role: .item) }
    for encoder in [alone, threaded] {
      let members = texts.indices.shuffled(using: &random).prefix(Int.random(in: 2...24, using: &random))
      let vectors = try encoder.encode(members.map { texts[$0] }, role: .item)
      #expect(vectors.count == members.count * size)
      for (position, text) in members.enumerated() {
        let vector = vectors[position * size..<(position + 1) * size]
        #expect(vector.map(\.bitPattern) == expected[text].map(\.bitPattern), "text \(text) of \(members)")
      }
    }
  }

  @Test("Calls from many threads at once give what calls one after another give")
  func concurrency() throws {
    let seed = TestSeed.announced(for: "EmbeddingTests.BatchTests", fixed: 20_261_121)
    var random = SplitMix64(seed: seed)
    let encoder = try TransformerEncoder(artifact: RealModel.open(), threadCount: 2)
    let batches = (0..<12).map { Self.texts($0 % 3 == 0 ? 1 : 9, using: &random) }
    let expected = try batches.map { try encoder.encode($0, role: .item) }
    let found = Mutex([[Float]?](repeating: nil, count: batches.count))
    DispatchQueue.concurrentPerform(iterations: batches.count) { index in
      let vectors = try? encoder.encode(batches[index], role: index.isMultiple(of: 2) ? .item : .query)
      found.withLock { $0[index] = vectors }
    }
    #expect(found.withLock { $0 } == expected)
  }

  @Test("An encoder's threads end with it")
  func threadsEnd() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let artifact = try ModelArtifact(folder: model.folder.path)
    for _ in 0..<50 {
      let encoder = try TransformerEncoder(artifact: artifact, threadCount: 4)
      _ = try encoder.encode(Array(repeating: "a b c", count: 200), role: .item)
    }
    // Each encoder joined its threads, so that far fewer than 150 are left.
    let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    #expect(threads < 100)
  }
}
