// Owns the promises of the HTTP interface over a real index: what a client sees is what the log holds.

import Foundation
import Freshet
import TestKit
import Testing

@Suite("A served index over HTTP", .serialized, .timeLimit(.minutes(5)))
struct ServedIndexTests {
  private static let count = 300

  @Test("searches and look-ups show each item with its place in the log")
  func searchAndItem() async throws {
    let stage = try LineLogStage(count: Self.count)
    try await Freshet.serving(stage.topology) { client in
      try await Self.catchUp(client)
      for number in [0, 17, 299] {
        let answer = try await client.post(
          "/v1/search", #"{"vector":\#(LineLogStage.vector(number)),"k":3,"include":["attributes"]}"#)
        #expect(answer.status == 200, "\(answer.text)")
        let hits = try #require(answer.json()["hits"] as? [[String: Any]])
        #expect(hits.count == 3)
        #expect(hits[0]["id"] as? String == "item-\(number)")
        #expect(hits[0]["tier"] as? String == "fresh")
        #expect(hits[0]["sequence"] as? Int == number + 1)
        #expect((hits[0]["attributes"] as? [String: Int]) == ["number": number])

        let item = try await client.get("/v1/items/item-\(number)")
        #expect(item.status == 200)
        let view = try item.json()
        #expect(view["id"] as? String == "item-\(number)")
        #expect(view["sequence"] as? Int == number + 1)
        #expect(view["position"] as? String == hits[0]["position"] as? String)
      }
      #expect(try await client.get("/v1/items/item-300").status == 404)
      #expect(try await client.post("/v1/search", #"{"vector":[1,2]}"#).status == 400)
    }
  }

  @Test("a rebuild that the admin route asks for becomes the serving generation, and metrics tell what was done")
  func rebuildAndMetrics() async throws {
    let stage = try LineLogStage(count: Self.count)
    try await Freshet.serving(stage.topology) { client in
      try await Self.catchUp(client)
      let before = try await eventually("metrics of the load") {
        let metrics = try await client.metrics()
        return metrics["freshet_mutations_applied_total"] == Double(Self.count) ? metrics : nil
      }

      #expect(try await client.post("/v1/admin/rebuild", "{}").status == 202)
      let main = try await eventually("the first generation") {
        let answer = try await client.get("/v1/status").json()["main"] as? [String: Any]
        return (answer?["generation"] as? Int).flatMap { number in (answer?["rows"] as? Int).map { (number, $0) } }
      }
      #expect(main.0 == 1)
      #expect(main.1 == Self.count)

      let search = try await client.post("/v1/search", #"{"vector":\#(LineLogStage.vector(5)),"k":1}"#).json()
      let hit = try #require((search["hits"] as? [[String: Any]])?.first)
      #expect(hit["id"] as? String == "item-5")
      #expect(hit["tier"] as? String == "main")
      #expect(search["generation"] as? Int == 1)

      let after = try await eventually("metrics of the generation") {
        let metrics = try await client.metrics()
        return metrics["freshet_main_rows"] == Double(Self.count) && metrics["freshet_rebuilds_total"] == 1
          ? metrics : nil
      }
      #expect(after["freshet_items"] == Double(Self.count))
      #expect(after["freshet_generation"] == 1)
      for moved in ["freshet_http_requests_total", "freshet_search_duration_seconds_count"] {
        #expect(after[moved, default: 0] > before[moved, default: 0], "\(moved)")
      }
    }
  }

  @Test("the index is not ready before it has reached its source, and ready when it has caught up")
  func readiness() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      try stage.produce([stage.put("a", 1)])
      broker.stop()
      try await Freshet.serving(stage.topology()) { client in
        let early = try await client.get("/readyz")
        #expect(early.status == 503)
        #expect(early.text.contains("source"), "\(early.text)")
        #expect(try await client.get("/healthz").status == 200)
        try broker.start()
        try await eventually("readiness") { try await client.get("/readyz").status == 200 ? () : nil }
        try await eventually("the item") { try await client.get("/v1/items/a").status == 200 ? () : nil }
      }
    }
  }

  private static func catchUp(_ client: IndexClient) async throws {
    try await eventually("all items") { try await client.get("/v1/status").json()["items"] as? Int == count ? () : nil }
    try await eventually("readiness") { try await client.get("/readyz").status == 200 ? () : nil }
  }
}
