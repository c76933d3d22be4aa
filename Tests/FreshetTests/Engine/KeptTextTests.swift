// Tests of the text that the store keeps for re-embedding.

import IndexModel
import Testing
import TierEngine

@Suite("The kept text is the one that the item's vector stands for", .timeLimit(.minutes(1)))
struct KeptTextTests {
  @Test("a text is kept, replaced by a newer one, and forgotten where a vector comes from elsewhere")
  func followsTheVector() async throws {
    let harness = try EngineHarness()
    let id = try #require(ItemID("shoe"))
    let partition = harness.source.partitions[0]
    func write(_ json: String) async throws -> String? {
      harness.source.append(json, to: partition, time: harness.clock.now)
      try await harness.catchUp()
      return try harness.store.read { try $0.text(id) }
    }
    #expect(try await write(#"{"id":"shoe","text":"a red shoe"}"#) == "a red shoe")
    #expect(try await write(#"{"id":"shoe","text":"a blue shoe"}"#) == "a blue shoe")
    let vector = Array(repeating: "0.25", count: EngineHarness.encoder.model.dimension).joined(separator: ",")
    #expect(try await write(#"{"id":"shoe","vector":[\#(vector)]}"#) == nil)
    #expect(try await write(#"{"id":"shoe","text":"a green shoe"}"#) == "a green shoe")
    #expect(try await write(#"{"id":"shoe","op":"delete"}"#) == nil)
    try await harness.close()
  }
}
