// The promises of the test encoder and of the content hash.

import IndexModel
import TierEngine
import Testing

@testable import Embedding

@Suite("Hashing")
struct HashingTests {
  @Test("The hashing encoder is deterministic, normalised, and near for texts that share words")
  func encoder() throws {
    let encoder = HashingEncoder(dimension: 64)
    func vector(_ text: String) throws -> [Float] { try encoder.encode([text], role: .item) }
    #expect(encoder.model.dimension == 64)
    #expect(try vector("Fresh index") == HashingEncoder(dimension: 64).encode(["fresh, INDEX!"], role: .query))
    #expect(try vector("fresh index") != HashingEncoder(dimension: 64, seed: 1).encode(["fresh index"], role: .item))
    let near = try cosine(vector("a fresh vector index"), vector("the fresh vector index"))
    let far = try cosine(vector("a fresh vector index"), vector("chess against computers"))
    #expect(near > 0.6 && far < 0.4)
    for text in ["", "!!!", "one", "two words"] {
      #expect(abs(try vector(text).reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
    #expect(try encoder.encode(["x", "y"], role: .item) == vector("x") + vector("y"))
  }

  @Test("The content hash is the start of SHA-256")
  func contentHash() {
    // FIPS 180-4's example for "abc", and the hash of the empty text.
    #expect(SHA256ContentHash().hash("abc") == ContentHash(high: 0xBA78_16BF_8F01_CFEA, low: 0x4141_40DE_5DAE_2223))
    #expect(SHA256ContentHash().hash("") == ContentHash(high: 0xE3B0_C442_98FC_1C14, low: 0x9AFB_F4C8_996F_B924))
    // Spellings that Swift holds for equal are different bytes, and different vectors.
    #expect(SHA256ContentHash().hash("\u{e9}") != SHA256ContentHash().hash("e\u{301}"))
  }
}
