// Owns the yardstick of durable latency: how long the disk takes, meanwhile, to sync one page for anybody else.

import Foundation
import Synchronization

/// Syncs a page of a file of its own now and then, from its making until `finish`.
final class DiskWatch: Sendable {
  private static let pauseSeconds = 0.05
  private let flag = Flag()
  private let watching: Task<Samples, any Error>

  /// `folder` is on the disk in question.
  init(folder: String) {
    let path = folder + "/disk-watch"
    let flag = flag
    watching = Task {
      try await OwnThread.run("bench-disk") {
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let page = Data(repeating: 1, count: 4096)
        var samples = Samples()
        while !flag.isSet {
          Thread.sleep(forTimeInterval: Self.pauseSeconds)
          let start = Stopwatch.nanoseconds
          try file.seek(toOffset: 0)
          try file.write(contentsOf: page)
          try file.synchronize()
          samples.add(Stopwatch.nanoseconds - start)
        }
        return samples
      }
    }
  }

  /// Stops, and tells how long the syncs took.
  func finish() async throws -> Samples {
    flag.set()
    return try await watching.value
  }
}

/// A word from one thread to another.
private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isSet: Bool { value.load(ordering: .relaxed) }

  func set() { value.store(true, ordering: .relaxed) }
}
