// Owns the promises about limits: whatever a client sends, however slowly, the service stays small and answers others.

import AsyncHTTPClient
import NIOCore
import SearchService
import Testing

@Suite("Limits")
struct LimitTests {
  private static let json = ["Content-Type": "application/json"]

  @Test("a body over the limit is a 413, whether its length was announced or not")
  func bodyLength() async throws {
    try await withService(limits: RequestLimits(bodyBytesMax: 1000)) { client in
      let padding = String(repeating: " ", count: 1000)
      let announced = try await client.search(#"{"text": "a"}"# + padding)
      #expect(announced.status == 413)
      #expect(try announced.problem() == "body-too-long")
      #expect(announced.headers["connection"] == "close")

      let chunks = AsyncStream<ByteBuffer> { continuation in
        for _ in 0..<5 { continuation.yield(ByteBuffer(string: String(padding.prefix(300)))) }
        continuation.finish()
      }
      let chunked = try await client.send(
        "POST", "/v1/search", headers: Self.json, body: .stream(chunks, length: .unknown))
      #expect(chunked.status == 413)

      let fitting = #"{"text": "a"}"# + padding.prefix(1000 - 13)
      #expect(try await client.search(fitting).status == 200)
    }
  }

  @Test("a body that does not end is a 408, and the connection is closed")
  func slowBody() async throws {
    try await withService(limits: RequestLimits(requestSecondsMax: 1)) { client in
      // Held until the answer is there: the body neither grows nor ends.
      let (chunks, sender) = AsyncStream.makeStream(of: ByteBuffer.self)
      sender.yield(ByteBuffer(string: "{\"text\":"))
      let answer = try await client.send(
        "POST", "/v1/search", headers: Self.json, body: .stream(chunks, length: .known(Int64(1000))))
      sender.finish()
      #expect(answer.status == 408)
      #expect(try answer.problem() == "body-too-slow")
      #expect(answer.headers["connection"] == "close")
      #expect(try await client.get("/healthz").status == 200)
    }
  }

  @Test("an answer that does not come in time is a 504, and other requests go on")
  func slowAnswer() async throws {
    let hold = Hold()
    let backend = InMemoryBackend(onSearch: { request in if request.k == 1 { await hold.wait() } })
    try await withService(backend, limits: RequestLimits(requestSecondsMax: 1)) { client in
      let answer = try await client.search(#"{"text": "a", "k": 1}"#)
      hold.release()
      #expect(answer.status == 504)
      #expect(try answer.problem() == "too-slow")
      #expect(try await client.search(#"{"text": "a", "k": 2}"#).status == 200)
    }
  }

  @Test("a request over the bound on running ones is a 503, but probes are answered")
  func concurrency() async throws {
    let hold = Hold()
    let backend = InMemoryBackend(onSearch: { request in if request.k == 1 { await hold.wait() } })
    try await withService(backend, limits: RequestLimits(concurrentRequestsMax: 2)) { client in
      try await withThrowingTaskGroup(of: Int.self) { tasks in
        for _ in 0..<2 { tasks.addTask { try await client.search(#"{"text": "a", "k": 1}"#).status } }
        await hold.arrived()
        await hold.arrived()
        let refused = try await client.search(#"{"text": "a", "k": 2}"#)
        #expect(refused.status == 503)
        #expect(try refused.problem() == "overloaded")
        #expect(refused.headers["retry-after"] == "1")
        for target in ["/healthz", "/readyz", "/metrics"] {
          #expect(try await client.get(target).status == 200, "\(target)")
        }
        hold.release()
        for try await status in tasks { #expect(status == 200) }
      }
      #expect(try await client.search(#"{"text": "a", "k": 2}"#).status == 200)
    }
  }

  @Test("a request that outlived its limit counts as running until its work ends")
  func outlived() async throws {
    let hold = Hold()
    let backend = InMemoryBackend(onSearch: { request in if request.k == 1 { await hold.wait() } })
    let limits = RequestLimits(requestSecondsMax: 1, concurrentRequestsMax: 1)
    try await withService(backend, limits: limits) { client in
      #expect(try await client.search(#"{"text": "a", "k": 1}"#).status == 504)
      #expect(try await client.search(#"{"text": "a", "k": 2}"#).status == 503)
      hold.release()
      // The place is given back by another task, at a moment of its own.
      var status = 503
      while status == 503 { status = try await client.search(#"{"text": "a", "k": 2}"#).status }
      #expect(status == 200)
    }
  }

  @Test("only JSON is taken, and only as it is")
  func mediaTypes() async throws {
    try await withService { client in
      let body = #"{"text": "a"}"#
      for type in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=utf-8"] {
        #expect(try await client.search(body, headers: ["Content-Type": type]).status == 200, "\(type)")
      }
      for type in [
        "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/json; charset=latin1",
      ] {
        let answer = try await client.search(body, headers: ["Content-Type": type])
        #expect(answer.status == 415, "\(type)")
        #expect(try answer.problem() == "unsupported-media-type")
      }
      let untyped = try await client.send("POST", "/v1/search", body: .bytes(ByteBuffer(string: body)))
      #expect(untyped.status == 415)
      let coded = try await client.search(body, headers: ["Content-Encoding": "gzip"])
      #expect(coded.status == 415)
      #expect(try coded.problem() == "unsupported-coding")
    }
  }

  @Test("a header list over the limit is refused, and others are answered")
  func headers() async throws {
    try await withService(limits: RequestLimits(headerBytesMax: 2000)) { client in
      let answer = try await client.get("/healthz", headers: ["X-Padding": String(repeating: "x", count: 3000)])
      #expect(answer.status == 400)
      #expect(try await client.get("/healthz").status == 200)
    }
  }
}
