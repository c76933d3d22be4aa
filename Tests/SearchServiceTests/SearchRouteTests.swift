// Owns the promises of `POST /v1/search`: what it asks of the engine, and what it answers.

import IndexModel
import SearchService
import Synchronization
import Testing
import TierEngine

@Suite("POST /v1/search")
struct SearchRouteTests {
  @Test("each hit says what it is and where it came from, and the answer names what it saw")
  func answer() async throws {
    try await withService { client in
      let answer = try await client.search(#"{"text": "ab", "k": 3}"#)
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "application/json")
      #expect(answer.headers["freshet-position"] == "catalog-0@42")
      let json = try answer.json()
      #expect(json["positions"] as? [String: Int] == ["catalog-0": 42])
      #expect(json["searchableSequence"] as? Int == 5)
      #expect(json["generation"] as? Int == 7)
      #expect(json["tookMicroseconds"] as? Int == 1234)
      #expect((json["model"] as? [String: Any])?["name"] as? String == "unit")

      let hits = try #require(json["hits"] as? [[String: Any]])
      // Scores against (1, 1, 0): 1, 1, 0, 1, 0.3; equal ones by id.
      #expect(hits.map { $0["id"] as? String } == ["plain", "straße 東京 🦆?&#", "with/slash"])
      let hit = try #require(hits.last)
      #expect(
        Set(hit.keys) == ["id", "score", "tier", "sequence", "position", "eventTime", "provisional"])
      #expect(hit["score"] as? Double == 1)
      #expect(hit["tier"] as? String == "main")
      #expect(hit["sequence"] as? Int == 2)
      #expect(hit["position"] as? String == "catalog-0@20")
      #expect(hit["eventTime"] as? String == "2023-11-14T22:13:20.002Z")
      #expect(hit["provisional"] as? Bool == false)
    }
  }

  @Test("attributes and vectors come when they are asked for, exactly as they are")
  func inclusions() async throws {
    try await withService { client in
      let answer = try await client.search(
        #"{"vector": [0.1, 0.2, 0.3], "model": "unit", "k": 5, "include": ["vector", "attributes"]}"#)
      #expect(answer.status == 200)
      let hits = try #require(try answer.json()["hits"] as? [[String: Any]])
      #expect(hits.count == InMemoryBackend.catalogue.count)
      for item in InMemoryBackend.catalogue {
        let hit = try #require(hits.first { $0["id"] as? String == item.id.rawValue })
        let vector = try #require(hit["vector"] as? [Double])
        #expect(vector.map { Float($0) } == item.vector)
        let attributes = try #require(hit["attributes"] as? [String: Any])
        #expect(Set(attributes.keys) == Set(item.attributes.keys))
      }
      let plain = try #require(hits.first { $0["id"] as? String == "plain" }?["attributes"] as? [String: Any])
      #expect(plain["stock"] as? Int64 == Int64.max)
      #expect(plain["price"] as? Double == 1.5)
    }
  }

  @Test(
    "the engine gets what the request says",
    arguments: [
      (#"{"text": "a"}"#, SearchRequest(query: .text("a"))),
      (#"{"text": "\u00e4\ud83e\udd86"}"#, SearchRequest(query: .text("ä🦆"))),
      (
        #"{"vector": [1, -2.5, 1e-3], "model": "unit", "k": 3, "ef": 50}"#,
        SearchRequest(query: .vector([1, -2.5, 0.001], model: "unit"), k: 3, ef: 50)
      ),
      (
        #"{"like": "with/slash", "tiers": "fresh", "k": 2.0}"#,
        ItemID("with/slash").map { SearchRequest(query: .like($0), k: 2, tiers: .fresh) }
          ?? SearchRequest(query: .text(""))
      ),
      (
        #" {"include":["attributes"],"tiers":"main","text":"b","k":1000,"ef":10000} "#,
        SearchRequest(query: .text("b"), k: 1000, ef: 10_000, tiers: .main, includesAttributes: true)
      ),
      (#"{"text": "c", "include": ["vector"]}"#, SearchRequest(query: .text("c"), includesVectors: true)),
    ])
  func mapping(body: String, expected: SearchRequest) async throws {
    let seen = Mutex<[SearchRequest]>([])
    let backend = InMemoryBackend(onSearch: { request in seen.withLock { $0.append(request) } })
    try await withService(backend) { client in
      let answer = try await client.search(body)
      #expect(answer.status == 200)
    }
    #expect(seen.withLock { $0 } == [expected])
  }

  @Test(
    "a request that is not accepted is told which field and why",
    arguments: [
      ("", 400, "not-json", nil),
      ("[]", 400, "not-json", nil),
      ("{\"text\": \"a\"", 400, "not-json", nil),
      (#"{"text": "a", "text": "b"}"#, 400, "not-json", nil),
      (#"{"tekst": "a"}"#, 400, "unknown-field", "tekst"),
      (#"{"text": 5}"#, 400, "invalid-field", "text"),
      (#"{"text": null}"#, 400, "invalid-field", "text"),
      (#"{"text": ""}"#, 400, "invalid-field", "text"),
      (#"{}"#, 400, "invalid-field", "text"),
      (#"{"text": "a", "like": "plain"}"#, 400, "invalid-field", "like"),
      (#"{"text": "a", "model": "unit"}"#, 400, "invalid-field", "model"),
      (#"{"text": "a", "k": 0}"#, 400, "invalid-field", "k"),
      (#"{"text": "a", "k": 1001}"#, 400, "invalid-field", "k"),
      (#"{"text": "a", "k": 1.5}"#, 400, "invalid-field", "k"),
      (#"{"text": "a", "k": "10"}"#, 400, "invalid-field", "k"),
      (#"{"text": "a", "k": 1e99}"#, 400, "invalid-field", "k"),
      (#"{"text": "a", "k": 99999999999999999999}"#, 400, "invalid-field", "k"),
      (#"{"text": "a", "ef": 10001}"#, 400, "invalid-field", "ef"),
      (#"{"text": "a", "tiers": "freshest"}"#, 400, "invalid-field", "tiers"),
      (#"{"text": "a", "include": "vector"}"#, 400, "invalid-field", "include"),
      (#"{"text": "a", "include": ["vectors"]}"#, 400, "invalid-field", "include[0]"),
      (#"{"text": "a", "include": ["vector", "vector"]}"#, 400, "invalid-field", "include[1]"),
      (#"{"vector": [], "model": "unit"}"#, 400, "invalid-field", "vector"),
      (#"{"vector": [1, 1e999, 0], "model": "unit"}"#, 400, "invalid-field", "vector[1]"),
      (#"{"vector": [1, 0, -4e38], "model": "unit"}"#, 400, "invalid-field", "vector[2]"),
      (#"{"vector": [1, "0", 0], "model": "unit"}"#, 400, "invalid-field", "vector[1]"),
      (#"{"vector": [NaN], "model": "unit"}"#, 400, "not-json", nil),
      (#"{"vector": [0, 0, 0], "model": "unit"}"#, 400, "invalid-field", "vector"),
      (#"{"vector": [1, 0], "model": "unit"}"#, 400, "wrong-dimension", "vector"),
      (#"{"vector": [1, 0, 0]}"#, 400, "model-missing", "model"),
      (#"{"vector": [1, 0, 0], "model": "other"}"#, 422, "wrong-model", "model"),
      (#"{"like": "nobody"}"#, 404, "unknown-item", "like"),
      (#"{"like": ""}"#, 400, "invalid-field", "like"),
    ])
  func refusals(body: String, status: Int, code: String, field: String?) async throws {
    try await withService { client in
      let answer = try await client.search(body)
      #expect(answer.status == status)
      #expect(try answer.problem() == code)
      #expect(try answer.json()["field"] as? String == field)
    }
  }

  @Test("a slip is answered with what was probably meant")
  func suggestions() async throws {
    try await withService { client in
      let field = try await client.search(#"{"txet": "a"}"#).json()["detail"] as? String
      #expect(field?.contains("did you mean 'text'?") == true)
      let value = try await client.search(#"{"text": "a", "tiers": "frehs"}"#).json()["detail"] as? String
      #expect(value?.contains("did you mean 'fresh'?") == true)
      let stranger = try await client.search(#"{"zebra": "a"}"#).json()["detail"] as? String
      #expect(stranger?.contains("known are text, vector, model, like, k, ef, tiers, include") == true)
    }
  }

  @Test("a vector of another model is refused with both models' names")
  func modelNames() async throws {
    try await withService { client in
      let detail = try await client.search(#"{"vector": [1, 0, 0], "model": "other"}"#).json()["detail"] as? String
      #expect(detail?.contains("other") == true)
      #expect(detail?.contains(InMemoryBackend.model.name) == true)
    }
  }

  @Test(
    "an engine that cannot answer is a 503 or 504, and the caller is told when to try again",
    arguments: [
      (SearchError.unavailable("the index is not open yet"), 503, "unavailable"),
      (.overloaded, 503, "overloaded"),
      (.encoding("out of memory"), 503, "encoder-failed"),
      (.positionTimeout(missing: SourcePositions([InMemoryBackend.partition: 50])), 504, "position-timeout"),
    ])
  func engineFailures(error: SearchError, status: Int, code: String) async throws {
    let backend = InMemoryBackend()
    backend.change { $0.failure = error }
    try await withService(backend) { client in
      let answer = try await client.search(#"{"text": "a"}"#)
      #expect(answer.status == status)
      #expect(try answer.problem() == code)
      #expect((answer.headers["retry-after"] != nil) == (status == 503))
    }
  }

  @Test("an unforeseen failure is a 500 that tells nothing of the inside")
  func unforeseen() async throws {
    struct Secret: Error { let path = "/var/lib/secret" }
    let backend = InMemoryBackend()
    backend.change { $0.failure = Secret() }
    try await withService(backend) { client in
      let answer = try await client.search(#"{"text": "a"}"#)
      #expect(answer.status == 500)
      #expect(try answer.problem() == "internal")
      #expect(!String(decoding: answer.body, as: UTF8.self).contains("ecret"))
      #expect(try await client.get("/healthz").status == 200)
    }
  }

  @Test("many clients at once each get their own answer")
  func concurrency() async throws {
    try await withService { client in
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for index in 0..<64 {
          tasks.addTask {
            let item = InMemoryBackend.catalogue[index % InMemoryBackend.catalogue.count]
            let vector = (item.vector ?? []).map(\.description).joined(separator: ", ")
            for _ in 0..<10 {
              let answer = try await client.search(
                #"{"vector": [\#(vector)], "model": "unit", "k": \#(index % 5 + 1), "include": ["vector"]}"#)
              #expect(answer.status == 200)
              let hits = try #require(try answer.json()["hits"] as? [[String: Any]])
              #expect(hits.count == index % 5 + 1)
              let scores = hits.compactMap { $0["score"] as? Double }
              #expect(scores == scores.sorted(by: >))
            }
          }
        }
        try await tasks.waitForAll()
      }
    }
  }
}
