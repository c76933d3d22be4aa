// Owns the segments and folders of these tests.

import Foundation
import IndexModel
import TierEngine
import VectorIndex

/// The seed of the sampled rows and damages. Replay with
/// `FRESHET_TEST_SEED=<seed> swift test --filter SegmentFilesTests` (and the suite's flags).
let testSeed = ProcessInfo.processInfo.environment["FRESHET_TEST_SEED"].flatMap(UInt64.init) ?? 20_261_121

let replay = "replay: FRESHET_TEST_SEED=\(testSeed) swift test --filter SegmentFilesTests"

/// A built segment of seeded rows, some of them equal, with ids of one to four bytes a character.
func sampleContents(
  rowCount: Int = 300, dimension: Int = 20, firstSequence: UInt64 = 1, watermark: UInt64 = 1000
) throws -> SegmentContents {
  var random = SplitMix64(seed: testSeed)
  let vectors = VectorBlock(rowCount: rowCount, dimension: dimension)
  for row in 0..<rowCount {
    let values = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
    vectors.setRow(row, values.span)
  }
  if rowCount > 1 {
    let first = vectors.row(0)
    vectors.setRow(rowCount - 1, first.span)
  }
  let parameters = HNSWParameters(m: 6, efConstruction: 40, seed: 3)
  let graph = try HNSWBuilder.build(
    vectors: vectors, metric: .squaredL2, parameters: parameters, control: BuildControl(threadCount: 1))
  return SegmentContents(
    ids: (0..<rowCount).compactMap { ItemID("item-é-日本-🚰-\($0)") },
    vectorSequences: (0..<UInt64(rowCount)).map { firstSequence + $0 * 3 }, vectors: vectors, graph: graph,
    parameters: parameters, metric: .squaredL2, fingerprint: "abc123", watermark: SequenceNumber(rawValue: watermark))
}

/// Lends `body` a new folder's path and removes the folder afterwards.
func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = NSTemporaryDirectory() + "/freshet-segments-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}
