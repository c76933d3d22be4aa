// Owns the promise that links lead in different directions, on geometry made by hand.

import IndexModel
import Testing

@testable import VectorIndex

@Suite("Neighbour selection")
struct NeighborSelectionTests {
  /// The rows chosen as links of row 0.
  private func links(among points: [[Float]], limit: Int) -> [Int] {
    let vectors = VectorBlock(points)
    let tables = GraphTables(levels: [UInt8](repeating: 0, count: points.count), m: 2)
    let walk = GraphWalk(
      graph: tables.graph(rowCount: points.count, m: 2, entryRow: 0), vectors: vectors,
      kernels: DistanceKernels(.squaredL2))
    let selection = NeighborSelection(walk: walk, degreeMax: 8)
    let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: 8)
    defer {
      selection.deallocate()
      unsafe slots.deallocate()
    }
    let candidates = (1..<points.count).map { row in
      unsafe walk.key(of: row, for: UnsafePointer(vectors.base))
    }
    let count = unsafe selection.choose(from: candidates.sorted(by: >), limit: limit, into: slots)
    return (0..<count).map { unsafe Int(slots[$0]) }
  }

  @Test("A candidate behind a nearer link is passed over for one in another direction")
  func passesOverWhatStandsBehind() {
    // Right: 1, with 2 behind it. Left: 3, farther than 2.
    #expect(links(among: [[0, 0], [1, 0], [2, 0], [-3, 0]], limit: 2) == [1, 3])
  }

  @Test("Links point in all directions of a cross, the nearest of each arm")
  func choosesTheNearestOfEachArm() {
    let arms: [[Float]] = [[1, 0], [0, 1.1], [-1.2, 0], [0, -1.3]]
    let farther = arms.map { arm in arm.map { $0 * 2 } }
    #expect(links(among: [[0, 0]] + farther + arms, limit: 8) == [5, 6, 7, 8])
  }

  @Test("A cluster leaves room for the link to the other cluster")
  func keepsClustersJoined() {
    let cluster: [[Float]] = (1...6).map { [0.1 * Float($0), 0] }
    let chosen = links(among: [[0, 0]] + cluster + [[-50, 0]], limit: 4)
    #expect(chosen == [1, 7])
  }

  @Test("No more links than the limit, best first")
  func keepsTheLimit() {
    let arms: [[Float]] = [[1.3, 0], [0, 1.2], [-1.1, 0], [0, -1]]
    #expect(links(among: [[0, 0]] + arms, limit: 3) == [4, 3, 2])
  }
}
