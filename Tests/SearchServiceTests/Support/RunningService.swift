// Owns a service that listens on a free port for the length of a test, and a client that talks to it.

import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import SearchService
import ServiceLifecycle
import Telemetry
import Testing

/// What came back.
struct Answer: Sendable {
  let status: Int
  let headers: [String: String]
  let body: [UInt8]

  /// The body read by Foundation, which knows nothing of the writer under test.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
  }

  /// The problem's word, after checking that the answer is a whole problem document (RFC 9457).
  func problem() throws -> String {
    #expect(headers["content-type"] == "application/problem+json")
    let json = try json()
    #expect(json["status"] as? Int == status)
    #expect((json["title"] as? String)?.isEmpty == false)
    #expect((json["detail"] as? String)?.isEmpty == false)
    let type = try #require(json["type"] as? String)
    let prefix = "urn:problem-type:freshet:"
    #expect(type.hasPrefix(prefix))
    return String(type.dropFirst(prefix.count))
  }
}

/// A client of one running service.
struct ServiceClient: Sendable {
  let address: String
  let shutDown: @Sendable () -> Void

  func get(_ target: String, headers: [String: String] = [:]) async throws -> Answer {
    try await send("GET", target, headers: headers)
  }

  func search(_ json: String, headers: [String: String] = [:]) async throws -> Answer {
    try await post("/v1/search", json, headers: headers)
  }

  func post(_ target: String, _ json: String, headers: [String: String] = [:]) async throws -> Answer {
    let headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
    return try await send("POST", target, headers: headers, body: .bytes(ByteBuffer(string: json)))
  }

  func send(
    _ method: String, _ target: String, headers: [String: String] = [:], body: HTTPClientRequest.Body? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: address + target)
    request.method = .RAW(value: method)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    request.body = body
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let bytes = try await response.body.collect(upTo: 1 << 24)
    let answer = Answer(
      status: Int(response.status.code),
      headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" },
      body: Array(bytes.readableBytesView))
    // An HTTP message that cannot be parsed never reaches the routes, and HEAD answers have no body.
    if method != "HEAD", !(answer.status == 400 && answer.body.isEmpty) {
      let violations = try OpenAPIDocument.repository.get()
        .violations(method: method, target: target, answer: answer)
      #expect(violations == [])
    }
    return answer
  }
}

/// Runs `body` against a service over `backend`, then shuts the service down and waits for its end.
func withService(
  _ backend: InMemoryBackend = InMemoryBackend(), apiKeys: [APIKey] = [], limits: RequestLimits = RequestLimits(),
  record: @escaping @Sendable (TelemetryEvent) -> Void = { _ in },
  _ body: @Sendable (ServiceClient) async throws -> Void
) async throws {
  let (addresses, listening) = AsyncStream.makeStream(of: ListeningAddress.self)
  let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  let server = SearchServer(
    configuration: SearchServerConfiguration(port: 0, apiKeys: apiKeys, limits: limits), backend: backend,
    logger: logger, record: record, onListening: { listening.yield($0) })
  let group = ServiceGroup(services: [server], logger: logger)
  try await withThrowingTaskGroup(of: Void.self) { tasks in
    tasks.addTask {
      // Ends the stream also where the port cannot be bound, so that the test fails instead of waiting.
      defer { listening.finish() }
      try await group.run()
    }
    var iterator = addresses.makeAsyncIterator()
    if let address = await iterator.next() {
      let client = ServiceClient(
        address: address.description, shutDown: { Task { await group.triggerGracefulShutdown() } })
      do {
        try await body(client)
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
    } else {
      Issue.record("the service did not listen")
    }
    await group.triggerGracefulShutdown()
    try await tasks.waitForAll()
  }
}
