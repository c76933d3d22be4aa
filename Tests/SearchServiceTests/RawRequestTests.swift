// Owns the promises about requests that no well-behaved client sends.

import SearchService
import Testing

@Suite("Raw requests")
struct RawRequestTests {
  private static let close = "Host: localhost\r\nConnection: close\r\n"

  @Test(
    "a target whose escapes are no UTF-8 text is a 400",
    arguments: [
      "/v1/items/%zz", "/v1/items/%4", "/v1/items/%", "/v1/items/%ff", "/v1/items/%C3%28", "/v1/items/a?vector=%zz",
      "/v1/items/a?%ff=true",
    ])
  func malformedTarget(target: String) async throws {
    try await withService { client in
      let answer = try await RawConnection.exchange("GET \(target) HTTP/1.1\r\n\(Self.close)\r\n", at: client.address)
      #expect(answer.hasPrefix("HTTP/1.1 400 "))
      #expect(answer.contains("urn:problem-type:freshet:malformed-target"))
    }
  }

  @Test("a target may name the whole URL")
  func absoluteTarget() async throws {
    try await withService { client in
      let answer = try await RawConnection.exchange(
        "GET \(client.address)/v1/items/plain?vector=true HTTP/1.1\r\n\(Self.close)\r\n", at: client.address)
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test(
    "bytes that are no HTTP are a 400 or a closed connection",
    arguments: [
      "\r\n\r\nGET\r\n\r\n", "GET /healthz HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
      "BREW /v1/status HTTP/1.1\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nBad Header\r\n\r\n",
      "POST /v1/search HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
      "POST /v1/search HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}",
    ])
  func noHTTP(text: String) async throws {
    try await withService { client in
      let answer = try await RawConnection.exchange(text, at: client.address)
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "))
      let health = try await client.get("/healthz")
      #expect(health.status == 200)
    }
  }

  @Test(
    "an answer before the body was read ends the connection, though the client has not finished",
    arguments: [
      ("POST /v1/nowhere HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", "404"),
      ("GET /v1/status HTTP/1.1\r\nContent-Length: 1000\r\n\r\n{", "200"),
      ("POST /v1/search HTTP/1.1\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "415"),
      ("POST /v1/search HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{", "413"),
      ("POST /v1/search HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", "408"),
    ])
  func unreadBody(text: String, status: String) async throws {
    try await withService(limits: RequestLimits(requestSecondsMax: 1)) { client in
      // Comes back only because the service closes: the request is never whole.
      let answer = try await RawConnection.exchange(text, at: client.address)
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      #expect(answer.lowercased().contains("connection: close"))
    }
  }
}
