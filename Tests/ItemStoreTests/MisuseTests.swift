// Owns the promise that misuse ends the process at once, instead of touching freed memory or waiting for ever.

import Glibc
import TierEngine
import Testing

@Suite("Misuse")
struct MisuseTests {
  /// How a failed precondition ends a process.
  #if arch(x86_64)
    private static let trap = ExitTest.Condition.signal(SIGILL)
  #else
    private static let trap = ExitTest.Condition.signal(SIGTRAP)
  #endif

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a reader that is kept beyond its closure ends the process")
  func keptReader() async {
    await #expect(processExitsWith: Self.trap) { [path = folder.store as String] in
      let store = try Sample.open(path)
      let reader = try store.read { $0 }
      _ = try reader.counts()
    }
  }

  @Test("a write inside a write ends the process")
  func nestedWrite() async {
    await #expect(processExitsWith: Self.trap) { [path = folder.store as String] in
      let store = try Sample.open(path)
      try store.write { _ in
        try store.write { _ in }
      }
    }
  }

  @Test("a vector of another dimension ends the process")
  func wrongDimension() async {
    await #expect(processExitsWith: Self.trap) { [path = folder.store as String] in
      let store = try Sample.open(path)
      let values: [Float] = [1]
      try store.write { try $0.putVector(Sample.item(1).sequence, Sample.id("a"), values.span) }
    }
  }
}
