// The crash test: the real program is killed at every named place, hundreds of times, and nothing applied is lost or
// applied twice (invariants 1, 2 and 4).

import IndexModel
import TestKit
import Testing
import TierEngine

@Suite("Killed anywhere, the program loses nothing applied and applies nothing twice", .timeLimit(.minutes(10)))
struct CrashTests {
  /// For each version domain; with its two domains and the four places of `Failpoint`, 208 kills.
  private static let killsAtEachPlace = 26

  @Test(
    "after every SIGKILL the store is exactly a prefix of its log, and the next start serves it",
    arguments: VersionDomain.allCases)
  func kills(domain: VersionDomain) async throws {
    let seed = TestSeed.announced(for: "CrashTests", fixed: domain == .log ? 901 : 902)
    var random = SplitMix64(seed: seed)
    var index = try CrashedIndex(domain: domain, seed: random.next())
    let places = Failpoint.allCases.flatMap { Array(repeating: $0, count: Self.killsAtEachPlace) }
      .shuffled(using: &random)
    for (round, place) in places.enumerated() {
      let passage = Int.random(in: 1...(place.isOfRebuild ? 3 : 15), using: &random)
      let context: Comment = "seed \(seed), round \(round): \(place.rawValue):\(passage)"
      try await index.crash(at: place, passage: passage, backlog: Int.random(in: 0...60, using: &random))
      try index.checkStore(after: place, context)
      if place.isOfRebuild && Bool.random(using: &random) || round % 10 == 0 { try await index.checkService(context) }
    }
    try await index.catchUp()
    try index.checkStore(after: nil, "seed \(seed), at the end")
    try await index.checkService("seed \(seed), at the end")
    #expect(index.lastGeneration > 10, "generations were promoted between the kills")
    print("CrashTests, versions by \(domain.rawValue): killed \(places.count) times by SIGKILL, each proven by its log")
  }
}

extension Failpoint {
  fileprivate var isOfRebuild: Bool { self == .midSegmentWrite || self == .betweenRenameAndRecord }
}
