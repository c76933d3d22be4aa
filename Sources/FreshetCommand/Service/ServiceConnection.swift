// Owns talking to a running service. Invariant: an answer that is not 2xx becomes a failure with the service's own
// words.

import AsyncHTTPClient
import Foundation
import Freshet

/// A client of one service.
struct ServiceConnection {
  /// The longest answer taken: a thousand hits with vectors fit.
  private static let answerBytesMax = 256 << 20

  let baseURL: String
  private let client: HTTPClient
  private let timeoutSeconds: Int
  private let apiKey: String?

  /// Runs `body` with a connection to the service that the options name.
  static func open<Value>(
    _ options: ServiceOptions, _ body: (ServiceConnection) async throws -> Value
  ) async throws -> Value {
    var configuration = HTTPClient.Configuration()
    // A service that is down is to be told at once, not when the time is up.
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(configuration: configuration)
    do {
      let connection = ServiceConnection(
        baseURL: try options.baseURL(), client: client, timeoutSeconds: options.timeout,
        apiKey: ProcessInfo.processInfo.environment[ServiceOptions.keyVariable])
      let value = try await body(connection)
      try await client.shutdown()
      return value
    } catch {
      try await client.shutdown()
      throw error
    }
  }

  /// The body that answers a GET.
  func get(_ target: String) async throws -> Data {
    try await send(HTTPClientRequest(url: baseURL + target))
  }

  /// The body that answers a POST of JSON.
  func post(_ target: String, _ body: some Encodable) async throws -> Data {
    var request = HTTPClientRequest(url: baseURL + target)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(try JSONEncoder().encode(body))
    return try await send(request)
  }

  /// `value` with everything but unreserved characters percent-encoded.
  static func segment(_ value: String) -> String {
    let unreserved = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? value
  }

  private func send(_ request: HTTPClientRequest) async throws -> Data {
    var request = request
    request.headers.add(name: "User-Agent", value: "freshet")
    if let apiKey, !apiKey.isEmpty { request.headers.add(name: "Authorization", value: "Bearer \(apiKey)") }
    let response: HTTPClientResponse
    let body: Data
    do {
      response = try await client.execute(request, timeout: .seconds(Int64(timeoutSeconds)))
      body = Data(try await response.body.collect(upTo: Self.answerBytesMax).readableBytesView)
    } catch let error as HTTPClientError {
      throw CommandFailure(.unavailable, "no answer from \(baseURL) in \(timeoutSeconds) s: \(error.shortDescription)")
    } catch {
      throw CommandFailure(.unavailable, "\(baseURL) cannot be reached; is 'freshet run' running there?")
    }
    guard (200..<300).contains(response.status.code) else {
      throw ServiceProblem(status: Int(response.status.code), body: body).failure(from: baseURL)
    }
    return body
  }
}
