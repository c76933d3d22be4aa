// Tests of waiting for source positions (invariant 8).

import IndexModel
import Testing

@testable import TierEngine

@Suite("A wait for positions ends when they are reached, never later")
struct PositionWaitersTests {
  private let partition = SourcePartition(topic: "catalog", partition: 0)

  private func positions(_ nextOffset: Int64) -> SourcePositions { SourcePositions([partition: nextOffset]) }

  @Test("reached positions do not wait")
  func reached() async throws {
    let waiters = PositionWaiters()
    waiters.advance(to: positions(5))
    try await waiters.wait(for: positions(5), timeout: .seconds(60))
  }

  @Test("a waiter is woken by the publication that reaches it")
  func woken() async throws {
    let waiters = PositionWaiters()
    async let waiting: Void = waiters.wait(for: positions(5), timeout: .seconds(60))
    waiters.advance(to: positions(4))
    waiters.advance(to: positions(7))
    try await waiting
  }

  @Test("a wait that runs out says what is missing")
  func timeout() async throws {
    let waiters = PositionWaiters()
    waiters.advance(to: positions(4))
    await #expect(throws: SearchError.positionTimeout(missing: positions(5))) {
      try await waiters.wait(for: positions(5), timeout: .milliseconds(1))
    }
  }

  @Test("a cancelled wait ends")
  func cancelled() async throws {
    let waiters = PositionWaiters()
    let wanted = positions(5)
    let task = Task { try await waiters.wait(for: wanted, timeout: .seconds(600)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
