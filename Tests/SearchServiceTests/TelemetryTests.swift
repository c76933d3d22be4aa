// Owns the promise that every answer is counted, under names that a client cannot multiply.

import SearchService
import Synchronization
import Telemetry
import Testing

@Suite("Telemetry of the service")
struct TelemetryTests {
  @Test("each answer is one event with its route's pattern and status; the end of the service is one, too")
  func answers() async throws {
    let events = Mutex<[TelemetryEvent]>([])
    try await withService(record: { event in events.withLock { $0.append(event) } }) { client in
      _ = try await client.get("/v1/items/plain")
      _ = try await client.get("/v1/items/with%2Fslash")
      _ = try await client.get("/v1/items/nobody")
      _ = try await client.get("/nowhere/\(Int.max)")
      _ = try await client.search("{}")
      _ = try await client.send("PATCH", "/v1/status")
    }
    let lines = events.withLock { $0 }.map { event in
      switch event {
      case .requestServed(let method, let route, let status, let seconds):
        "\(method) \(route) \(status)\(seconds > 0 ? "" : " took no time")"
      case .shutdown(let step): "shutdown \(step)"
      default: "\(event)"
      }
    }
    #expect(
      lines == [
        "GET /v1/items/{id} 200", "GET /v1/items/{id} 200", "GET /v1/items/{id} 404", "GET none 404",
        "POST /v1/search 400", "PATCH none 405", "shutdown requestsFinished",
      ])
  }
}
