// Owns the promises of `GET /v1/items/{id}`.

import IndexModel
import SearchService
import Testing

@Suite("GET /v1/items/{id}")
struct ItemRouteTests {
  /// RFC 3986's unreserved characters stay, every other byte is escaped.
  private func encoded(_ id: String) -> String {
    id.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
        return String(character)
      }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  @Test("every item is found under its percent-encoded id", arguments: InMemoryBackend.catalogue.map(\.id.rawValue))
  func found(id: String) async throws {
    let item = try #require(InMemoryBackend.catalogue.first { $0.id.rawValue == id })
    try await withService { client in
      let answer = try await client.get("/v1/items/\(encoded(id))")
      #expect(answer.status == 200)
      #expect(answer.headers["freshet-position"] == "catalog-0@42")
      let json = try answer.json()
      #expect(
        Set(json.keys) == [
          "id", "sequence", "position", "eventTime", "version", "provisional", "attributes", "model", "positions",
        ])
      #expect(json["id"] as? String == id)
      #expect(json["sequence"] as? UInt64 == item.sequence.rawValue)
      #expect(json["position"] as? String == item.position.description)
      #expect(json["version"] as? UInt64 == item.version)
      #expect(json["provisional"] as? Bool == item.isProvisional)
      #expect((json["attributes"] as? [String: Any])?.count == item.attributes.count)
      #expect((json["model"] as? [String: Any])?["fingerprint"] as? String == InMemoryBackend.model.fingerprint)
    }
  }

  @Test("attributes keep their types")
  func attributes() async throws {
    try await withService { client in
      let plain = try await client.get("/v1/items/plain").json()["attributes"] as? [String: Any]
      #expect(plain?["title"] as? String == "Plain")
      #expect(plain?["price"] as? Double == 1.5)
      #expect(plain?["stock"] as? Int64 == Int64.max)
      let slash = try await client.get("/v1/items/with%2Fslash").json()["attributes"] as? [String: Any]
      #expect(slash?["tags"] as? [String] == ["x", "y"])
      #expect(slash?["live"] as? Bool == true)
      let quote = try await client.get("/v1/items/quote%22back%5Cslash").json()["attributes"] as? [String: Any]
      #expect(quote?["line\nbreak"] as? String == "tab\tnul\u{0}")
    }
  }

  @Test("the vector comes when it is asked for")
  func vector() async throws {
    try await withService { client in
      let vector = try await client.get("/v1/items/plain?vector=true").json()["vector"] as? [Double]
      #expect(vector == [1, 0, 0])
      #expect(try await client.get("/v1/items/plain?vector=false").json()["vector"] == nil)
    }
  }

  @Test(
    "what names no item is refused",
    arguments: [
      ("/v1/items/nobody", 404, "unknown-item"),
      ("/v1/items/", 404, "unknown-path"),
      ("/v1/items/a/b", 404, "unknown-path"),
      ("/v1/items/" + String(repeating: "x", count: 481), 400, "invalid-field"),
      ("/v1/items/plain?vector=maybe", 400, "invalid-field"),
      ("/v1/items/plain?vector=true&vector=true", 400, "invalid-field"),
      ("/v1/items/plain?vektor=true", 400, "unknown-parameter"),
    ])
  func refusals(target: String, status: Int, code: String) async throws {
    try await withService { client in
      let answer = try await client.get(target)
      #expect(answer.status == status)
      #expect(try answer.problem() == code)
    }
  }
}
