// Owns the sizes and lengths of every measure. Invariant: two runs with equal options do the same work.

import Embedding
import Foundation

/// What is measured, how large and how long.
struct BenchPlan: Sendable {
  let isQuick: Bool
  let folder: String
  let modelFolder: String
  /// The name that events give beside their vectors.
  let modelName: String
  let seed: UInt64

  /// Items of the index that latency and search are measured on.
  var indexItems: Int { isQuick ? 10_000 : 50_000 }
  /// Items of the index that is swapped again and again.
  var swapItems: Int { isQuick ? 3_000 : 10_000 }
  /// The stream's rate where events bring vectors.
  let eventsPerSecond = 500
  /// The stream's rate where texts are embedded: one that one core's encoder sustains.
  let textsPerSecond = 100
  /// How long a latency is measured, after the stream has warmed up.
  var latencySeconds: Int { isQuick ? 8 : 25 }
  let warmUpSeconds = 3
  /// Events that are applied at full speed.
  var fullSpeedEvents: Int { isQuick ? 30_000 : 100_000 }
  /// How long searches are measured in each state.
  var searchSeconds: Int { isQuick ? 8 : 20 }
  /// How long searches are measured while generations are swapped.
  var swapSeconds: Int { isQuick ? 20 : 60 }
  let partitionCount = 4

  init(isQuick: Bool, folder: String, modelFolder: String, seed: UInt64) throws {
    self.isQuick = isQuick
    self.folder = folder
    self.modelFolder = modelFolder
    modelName = try ModelArtifact(folder: modelFolder).model.name
    self.seed = seed
  }

  /// The events of this plan's catalogue.
  var events: EventSeries { EventSeries(seed: seed, modelName: modelName) }

  func emptyFolder() throws {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Says on standard error what is measured now.
  func announce(_ text: String) {
    FileHandle.standardError.write(Data("==> \(text)\n".utf8))
  }
}
