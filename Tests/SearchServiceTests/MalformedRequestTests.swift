// Owns the promise that no body and no target harms the service: seeded mutation of good requests.

import AsyncHTTPClient
import IndexModel
import NIOCore
import SearchService
import TestKit
import Testing

@Suite("Malformed requests")
struct MalformedRequestTests {

  private static let bodies = [
    #"{"text": "draw diagrams", "k": 10, "ef": 64, "tiers": "both", "include": ["attributes", "vector"]}"#,
    #"{"vector": [0.25, -1e-3, 3], "model": "unit", "k": 5}"#,
    #"{"like": "with/slash", "tiers": "fresh"}"#,
    #"{"text": "\u00e4\ud83e\udd86\n\\", "k": 1}"#,
  ]

  /// Bytes that matter to a JSON parser, and some that never should be there.
  private static let bytes =
    Array("{}[]\",:\\u0eE+-.tfn0123456789 \n".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xFF]

  private static func mutate(_ body: String, using random: inout SplitMix64) -> [UInt8] {
    var mutant = Array(body.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...mutant.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: mutant.removeSubrange(place...)
      case 1: mutant.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
      case 2: if place < mutant.count { mutant[place] = bytes[Int.random(in: 0..<bytes.count, using: &random)] }
      case 3: if place < mutant.count { mutant.remove(at: place) }
      default:
        let other = Array(Self.bodies[Int.random(in: 0..<Self.bodies.count, using: &random)].utf8)
        mutant.insert(contentsOf: other[Int.random(in: 0..<other.count, using: &random)...], at: place)
      }
    }
    return mutant
  }

  private let seed = TestSeed.announced(for: "MalformedRequestTests", fixed: 0x5EA4C4)

  @Test("a mutated body is answered, or refused with a problem; it is never the service's fault")
  func bodies() async throws {
    try await withService { client in
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for worker in 0..<8 {
          tasks.addTask {
            var random = SplitMix64(seed: seed &+ UInt64(worker))
            for round in 0..<250 {
              let body = Self.mutate(Self.bodies[round % Self.bodies.count], using: &random)
              let answer = try await client.send(
                "POST", "/v1/search", headers: ["Content-Type": "application/json"],
                body: .bytes(ByteBuffer(bytes: body)))
              let trace = Comment("seed \(seed), worker \(worker), round \(round): \(body)")
              #expect([200, 400, 404, 422].contains(answer.status), trace)
              if answer.status != 200 { #expect(try !answer.problem().isEmpty, trace) }
            }
          }
        }
        try await tasks.waitForAll()
      }
      #expect(try await client.get("/healthz").status == 200)
    }
  }

  @Test("nesting far beyond the parser's depth is refused", arguments: ["[", "{\"a\":"])
  func nesting(opening: String) async throws {
    try await withService { client in
      let answer = try await client.search(String(repeating: opening, count: 100_000))
      #expect(answer.status == 400)
      #expect(try answer.problem() == "not-json")
    }
  }

  @Test("a mutated target is answered, or refused with a problem")
  func targets() async throws {
    try await withService { client in
      var random = SplitMix64(seed: seed)
      let characters = Array("abc/%?&=.~-_0123456789zZ+:;@!$'()*,")
      let targets = ["/v1/items/with%2Fslash?vector=true", "/v1/dead-letters?limit=5", "/v1/status", "/healthz"]
      for round in 0..<500 {
        var target = Array(targets[round % targets.count])
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let place = Int.random(in: 1...target.count, using: &random)
          target.insert(characters[Int.random(in: 0..<characters.count, using: &random)], at: place)
        }
        let answer = try await client.get(String(target))
        let trace = Comment("seed \(seed), round \(round): \(String(target))")
        #expect([200, 400, 404, 405].contains(answer.status), trace)
        if answer.status != 200 { #expect(try !answer.problem().isEmpty, trace) }
      }
    }
  }
}
