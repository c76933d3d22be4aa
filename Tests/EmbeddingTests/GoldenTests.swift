// The promise that this encoder gives what the reference implementation gives.

import Foundation
import IndexModel
import TierEngine
import Testing

@testable import Embedding

@Suite("Against the reference")
struct GoldenTests {
  @Test("Token ids are those of the reference for 300 texts of many kinds")
  func tokenIDs() throws {
    let tokenizer = try RealModel.open().tokenizer
    let texts = try GoldenText.all()
    #expect(texts.count == 300)
    for golden in texts {
      #expect(tokenizer.encode(golden.text) == golden.ids, "of \(golden.text.debugDescription)")
    }
  }

  @Test("Every Unicode scalar is split, dropped or kept as the reference does")
  func everyScalar() throws {
    struct Blocks: Decodable { var blocks: Data }
    let expected = try JSONDecoder().decode(Blocks.self, from: fixture("scalars")).blocks
    let tokenizer = try RealModel.open().tokenizer
    #expect(expected.count == 0x1100 * 4)
    for block in 0..<0x1100 {
      var hash: UInt32 = 0x811C_9DC5
      for value in UInt32(block) * 256..<UInt32(block) * 256 + 256 {
        guard let scalar = Unicode.Scalar(value) else { continue }
        for id in tokenizer.encode("a\(scalar)b") { hash = (hash ^ UInt32(id)) &* 0x0100_0193 }
      }
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: hash >> (8 * UInt32($0))) }
      #expect(bytes == Array(expected[block * 4..<block * 4 + 4]), "U+\(String(block * 256, radix: 16)) and after")
    }
  }

  @Test("Vectors are those of the reference at every SIMD level that this CPU has", arguments: simdLevels)
  func vectors(level: EncoderKernels) throws {
    // float32 was seen at 0.9999997 and above, bfloat16 at 0.99988.
    let floor = level.isBFloat16 ? 0.9995 : 0.99999
    let encoder = try TransformerEncoder(artifact: RealModel.open(), kernels: level, threadCount: 2)
    let texts = try GoldenText.all()
    let vectors = try encoder.encode(texts.map(\.text), role: .item)
    let size = encoder.model.dimension
    #expect(vectors.count == texts.count * size)
    var lowest = 1.0
    for (index, golden) in texts.enumerated() {
      let vector = vectors[index * size..<(index + 1) * size]
      let similarity = cosine(vector, golden.components)
      lowest = min(lowest, similarity)
      #expect(similarity >= floor, "of \(golden.text.debugDescription)")
      let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(abs(length - 1) < 1e-5)
    }
    print("lowest cosine at \(encoder.simdLevel): \(lowest)")
  }
}
