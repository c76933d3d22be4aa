// Owns the promises of the routes that people and machines use to run the service.

import IndexModel
import SearchService
import Testing
import TierEngine

@Suite("Operation routes")
struct OperationRouteTests {
  @Test("status shows every field of the engine's picture")
  func status() async throws {
    try await withService { client in
      let answer = try await client.get("/v1/status")
      #expect(answer.status == 200)
      #expect(answer.headers["freshet-position"] == "catalog-0@42")
      let json = try answer.json()
      let example = EngineStatus.example(positions: SourcePositions(), items: 0)
      #expect(Set(json.keys) == Set(Mirror(reflecting: example).children.compactMap(\.label)))
      for (name, part) in [
        ("fresh", Mirror(reflecting: example.fresh)), ("ingest", Mirror(reflecting: example.ingest)),
        ("main", Mirror(reflecting: try #require(example.main))),
        ("rebuild", Mirror(reflecting: RebuildStatus.example)),
        ("searchNanoseconds", Mirror(reflecting: example.searchNanoseconds)),
      ] {
        let object = try #require(json[name] as? [String: Any])
        #expect(Set(object.keys) == Set(part.children.compactMap(\.label)), "\(name)")
      }
      #expect(json["items"] as? Int == InMemoryBackend.catalogue.count)
      #expect(json["recordsBehind"] as? [String: Int] == ["catalog-0": 9])
      #expect((json["main"] as? [String: Any])?["promotedAt"] as? String == "2023-11-14T22:13:20.000Z")
      #expect((json["rebuild"] as? [String: Any])?["stage"] as? String == "build")
      let lag = (json["ingest"] as? [String: Any])?["freshnessLagMilliseconds"] as? [String: Int]
      #expect(lag == ["p50": 3, "p99": 20])
    }
  }

  @Test("the process lives whether it is ready or not")
  func health() async throws {
    let backend = InMemoryBackend()
    backend.change { $0.readiness = Readiness(reasons: ["loading"]) }
    try await withService(backend) { client in
      let answer = try await client.get("/healthz")
      #expect(answer.status == 200)
      #expect(try answer.json()["healthy"] as? Bool == true)
    }
  }

  @Test("readiness is 200, or 503 with every reason")
  func readiness() async throws {
    let backend = InMemoryBackend()
    try await withService(backend) { client in
      #expect(try await client.get("/readyz").status == 200)
      backend.change { $0.readiness = Readiness(reasons: ["no tier set", "lag 40 s is over 30 s"]) }
      let answer = try await client.get("/readyz")
      #expect(answer.status == 503)
      #expect(try answer.problem() == "not-ready")
      #expect(answer.headers["retry-after"] != nil)
      #expect(try answer.json()["reasons"] as? [String] == ["no tier set", "lag 40 s is over 30 s"])
    }
  }

  @Test("metrics come as the backend wrote them, in Prometheus' media type")
  func metrics() async throws {
    let backend = InMemoryBackend()
    try await withService(backend) { client in
      let answer = try await client.get("/metrics")
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(String(decoding: answer.body, as: UTF8.self) == "# TYPE freshet_items gauge\nfreshet_items 5\n")
    }
  }

  @Test("a rebuild is accepted with its reason, with or without a body")
  func rebuild() async throws {
    let backend = InMemoryBackend()
    try await withService(backend) { client in
      let plain = try await client.send("POST", "/v1/admin/rebuild")
      #expect(plain.status == 202)
      #expect(try plain.json()["state"] as? String == "accepted")
      let reasoned = try await client.post("/v1/admin/rebuild", #"{"reason": "new prices"}"#)
      #expect(reasoned.status == 202)
      #expect(backend.rebuildReasons == ["requested", "new prices"])

      backend.change { $0.rebuild = .example }
      let running = try await client.post("/v1/admin/rebuild", "{}")
      #expect(running.status == 202)
      let json = try running.json()
      #expect(json["state"] as? String == "underWay")
      #expect((json["rebuild"] as? [String: Any])?["generation"] as? Int == 8)

      let long = String(repeating: "x", count: 201)
      let refused = try await client.post("/v1/admin/rebuild", #"{"reason": "\#(long)"}"#)
      #expect(try refused.problem() == "invalid-field")
      let slip = try await client.post("/v1/admin/rebuild", #"{"raeson": "x"}"#)
      #expect(try slip.problem() == "unknown-field")
      #expect(backend.rebuildReasons.count == 3)
    }
  }

  @Test("a dead letter comes back byte for byte, as text or in base64")
  func deadLetters() async throws {
    let backend = InMemoryBackend()
    let position = EventPosition(partition: InMemoryBackend.partition, offset: 3)
    let time = EventTime(millisecondsSince1970: 0)
    backend.change { state in
      state.letters = [
        DeadLetter(
          position: position, key: Array("k".utf8), value: Array("{\"broken".utf8), code: "not-json", reason: "r",
          time: time),
        DeadLetter(position: position, key: nil, value: [0xFF, 0x00, 0xC3], code: "not-json", reason: "r", time: time),
      ]
    }
    try await withService(backend) { client in
      let answer = try await client.get("/v1/dead-letters")
      #expect(answer.status == 200)
      let letters = try #require(try answer.json()["deadLetters"] as? [[String: Any]])
      #expect(letters.map { $0["position"] as? String } == ["catalog-0@3", "catalog-0@3"])
      #expect(letters[0]["key"] as? String == "k")
      #expect(letters[0]["value"] as? String == "{\"broken")
      #expect(letters[0]["eventTime"] as? String == "1970-01-01T00:00:00.000Z")
      #expect(letters[1]["valueBase64"] as? String == "/wDD")
      let one = try await client.get("/v1/dead-letters?limit=1").json()["deadLetters"] as? [[String: Any]]
      #expect(one?.count == 1)
    }
  }

  @Test("a limit out of its range is refused", arguments: ["0", "1001", "-1", "ten", ""])
  func deadLetterLimit(limit: String) async throws {
    try await withService { client in
      let answer = try await client.get("/v1/dead-letters?limit=\(limit)")
      #expect(answer.status == 400)
      #expect(try answer.problem() == "invalid-field")
    }
  }

  @Test("HEAD answers as GET does, without the body", arguments: ["/healthz", "/v1/status", "/v1/items/plain"])
  func head(target: String) async throws {
    try await withService { client in
      let get = try await client.get(target)
      let head = try await client.send("HEAD", target)
      #expect(head.status == get.status)
      #expect(head.headers["content-type"] == get.headers["content-type"])
      #expect(head.body.isEmpty)
    }
  }

  @Test("a path that is not there is a 404, another method a 405 that lists what is taken")
  func targets() async throws {
    try await withService { client in
      for target in ["/", "/v1", "/v1/search/", "/V1/search", "/v2/search", "/v1/items", "//healthz", "/%"] {
        let answer = try await client.get(target)
        #expect(answer.status == 404, "\(target)")
        #expect(try answer.problem() == "unknown-path")
      }
      for (method, target, allow) in [
        ("GET", "/v1/search", "POST"), ("DELETE", "/v1/items/plain", "GET, HEAD"), ("POST", "/healthz", "GET, HEAD"),
        ("PUT", "/v1/admin/rebuild", "POST"), ("PATCH", "/v1/status", "GET, HEAD"),
      ] {
        let answer = try await client.send(method, target)
        #expect(answer.status == 405, "\(method) \(target)")
        #expect(try answer.problem() == "method-not-allowed")
        #expect(answer.headers["allow"] == allow)
      }
    }
  }
}
