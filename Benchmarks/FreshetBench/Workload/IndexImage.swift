// Owns a store that is loaded and built once, and copied for each case, so that all cases start from the same index.

import Foundation
import Freshet

/// A closed store with one generation and an empty fresh tier.
struct IndexImage: Sendable {
  let itemCount: Int
  private let plan: BenchPlan
  private var folder: String { plan.folder + "/image-\(itemCount)" }

  /// Loads `itemCount` items from a JSON-lines file and builds their generation, on all cores.
  init(_ plan: BenchPlan, itemCount: Int) async throws {
    self.plan = plan
    self.itemCount = itemCount
    plan.announce("loading \(itemCount) items and building their generation")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let lines = folder + "/events.jsonl"
    let end = try JSONLinesFile.write(plan.events, count: itemCount, to: lines)
    let topology = BenchTopology(
      source: .jsonl(path: lines), storePath: folder + "/store", modelFolder: plan.modelFolder,
      rebuildCores: Double(ProcessInfo.processInfo.activeProcessorCount))
    try await withIndex(topology) { freshet, _ in
      try await freshet.wait(for: end, timeout: .seconds(120))
      try await freshet.rebuildOnce()
    }
  }

  /// Copies the store to `name`'s folder and returns the copy's path.
  func copy(for name: String) throws -> String {
    let path = plan.folder + "/case-\(name)"
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: folder + "/store", toPath: path)
    return path
  }
}
