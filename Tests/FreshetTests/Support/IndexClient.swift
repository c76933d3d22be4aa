// Owns talking HTTP to an index. Invariant: bodies are read by Foundation, which knows nothing of the writer under
// test.

import AsyncHTTPClient
import Foundation
import Freshet
import TestKit
import Testing

/// What came back.
struct HTTPAnswer: Sendable {
  let status: Int
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a JSON object.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
  }
}

/// A client of one running index.
struct IndexClient: Sendable {
  let address: String

  func get(_ target: String) async throws -> HTTPAnswer {
    try await send(HTTPClientRequest(url: address + target))
  }

  func post(_ target: String, _ json: String) async throws -> HTTPAnswer {
    var request = HTTPClientRequest(url: address + target)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(Array(json.utf8))
    return try await send(request)
  }

  /// The sum over all labels of each series of our own.
  func metrics() async throws -> [String: Double] {
    var sums: [String: Double] = [:]
    for line in try await get("/metrics").text.split(separator: "\n") where line.hasPrefix("freshet_") {
      let name = String(line.prefix { $0 != "{" && $0 != " " })
      sums[name, default: 0] += line.split(separator: " ").last.flatMap { Double($0) } ?? 0
    }
    return sums
  }

  private func send(_ request: HTTPClientRequest) async throws -> HTTPAnswer {
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let body = try await response.body.collect(upTo: 1 << 24)
    return HTTPAnswer(status: Int(response.status.code), body: Array(body.readableBytesView))
  }
}

extension Freshet {
  /// Runs `body` beside an index that serves HTTP on a free port; ends it and waits.
  static func serving(_ topology: String, _ body: @Sendable (IndexClient) async throws -> Void) async throws {
    let freshet = try await Freshet.open(topology: topology)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await freshet.run() }
      let outcome: Result<Void, any Error>
      do {
        let address = try await eventually("the index listens") { await freshet.listeningAddress }
        outcome = .success(try await body(IndexClient(address: address.description)))
      } catch {
        outcome = .failure(error)
      }
      group.cancelAll()
      try await group.waitForAll()
      try outcome.get()
    }
  }
}
