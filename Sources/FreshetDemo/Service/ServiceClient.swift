// Owns the demo's use of the HTTP interface: what any user could send with curl.

import AsyncHTTPClient
import Foundation

/// A client of one running Freshet.
struct ServiceClient: Sendable {
  /// Where it listens, such as `http://127.0.0.1:8080`.
  let baseURL: String

  /// Whether it answers at all.
  func isHealthy() async -> Bool {
    (try? await answer(to: HTTPClientRequest(url: baseURL + "/healthz")).status) == 200
  }

  /// The `k` items nearest to `text`.
  func search(_ text: String, k: Int) async throws -> SearchAnswer {
    var request = HTTPClientRequest(url: baseURL + "/v1/search")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(try JSONEncoder().encode(SearchQuestion(text: text, k: k)))
    return try decoded(SearchAnswer.self, try await answer(to: request))
  }

  /// The item, or `nil` where there is none.
  func item(_ id: String) async throws -> ItemAnswer? {
    let segment = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? id
    let answer = try await answer(to: HTTPClientRequest(url: baseURL + "/v1/items/" + segment))
    return answer.status == 404 ? nil : try decoded(ItemAnswer.self, answer)
  }

  /// What the index holds.
  func status() async throws -> StatusAnswer {
    try decoded(StatusAnswer.self, try await answer(to: HTTPClientRequest(url: baseURL + "/v1/status")))
  }

  private struct SearchQuestion: Encodable {
    var text: String
    var k: Int
  }

  private struct Answer {
    var status: UInt
    var body: Data
  }

  private func answer(to request: HTTPClientRequest) async throws -> Answer {
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
    let body = try await response.body.collect(upTo: 8 << 20)
    return Answer(status: response.status.code, body: Data(body.readableBytesView))
  }

  private func decoded<Value: Decodable>(_ type: Value.Type, _ answer: Answer) throws -> Value {
    guard answer.status == 200 else {
      throw ServiceRefusal(status: answer.status, body: String(decoding: answer.body.prefix(500), as: UTF8.self))
    }
    return try JSONDecoder().decode(type, from: answer.body)
  }
}

/// An answer that is an error.
struct ServiceRefusal: Error, CustomStringConvertible {
  var status: UInt
  var body: String

  var description: String { "the service answered \(status): \(body)" }
}
