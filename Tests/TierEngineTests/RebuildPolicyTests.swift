// Tests of the decision when to rebuild.

import Testing

@testable import TierEngine

@Suite("A rebuild starts for a stated reason")
struct RebuildPolicyTests {
  private let quiet = RebuildPolicy.Picture(
    freshRows: 10, freshCapacityRows: 100_000, mainRows: 10_000, mainSuperseded: 0, liveItems: 10_010,
    generationAgeSeconds: 1)

  private func reason(_ change: (inout RebuildPolicy.Picture) -> Void) -> String? {
    var picture = quiet
    change(&picture)
    return RebuildPolicy().reason(for: picture)
  }

  @Test("nothing happens while the fresh tier is small and the generation young")
  func quietIndex() {
    #expect(RebuildPolicy().reason(for: quiet) == nil)
  }

  @Test("the first load rebuilds geometrically: half of the main tier's rows must be new")
  func geometric() {
    #expect(reason { $0.freshRows = 4999 } == nil)
    #expect(reason { $0.freshRows = 5000 }?.contains("fresh rows") == true)
    #expect(
      reason {
        $0.mainRows = 0
        $0.freshRows = 2000
      }?.contains("fresh rows") == true)
  }

  @Test("many fresh rows, many superseded rows and age each ask for a rebuild")
  func otherReasons() {
    #expect(
      reason {
        $0.mainRows = 1_000_000
        $0.liveItems = 1_050_000
        $0.freshRows = 50_000
      } != nil)
    #expect(reason { $0.mainSuperseded = 2000 }?.contains("superseded") == true)
    #expect(reason { $0.generationAgeSeconds = 3600 }?.contains("old") == true)
  }

  @Test("age alone does not rebuild what did not change")
  func unchanged() {
    #expect(
      reason {
        $0.freshRows = 0
        $0.generationAgeSeconds = 1e6
      } == nil)
  }

  @Test("nearing the fresh tier's capacity rebuilds even a tiny index, so that ingest never waits for ever")
  func capacity() {
    #expect(
      reason {
        $0.mainRows = 0
        $0.liveItems = 3
        $0.freshRows = 80
        $0.freshCapacityRows = 100
      }?.contains("capacity") == true)
  }
}
