// Owns those who wait until searches reflect given source positions. Invariant 8: a wait ends when the positions are
// reached, when its time is up, or when its task is cancelled; never later.

import IndexModel
import Synchronization

/// Waiters for positions.
final class PositionWaiters: Sendable {
  private struct State {
    var positions = SourcePositions()
    var nextNumber: UInt64 = 0
    var waiters: [UInt64: Waiter] = [:]
  }
  private struct Waiter {
    var wanted: SourcePositions
    var continuation: CheckedContinuation<Bool, Never>
  }
  private let state = Mutex(State())

  /// Tells that searches reflect `positions` now.
  func advance(to positions: SourcePositions) {
    let reached = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
      state.positions = positions
      let numbers = state.waiters.filter { $0.value.wanted.isReached(by: positions) }.map(\.key)
      return numbers.compactMap { state.waiters.removeValue(forKey: $0)?.continuation }
    }
    for continuation in reached { continuation.resume(returning: true) }
  }

  /// Waits until searches reflect `wanted`, at most `timeout`. Throws `SearchError.positionTimeout` or
  /// `CancellationError`.
  func wait(for wanted: SourcePositions, timeout: Duration) async throws {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    let isReached = await withTaskGroup(of: Bool?.self) { group in
      group.addTask { await self.suspend(wanted, number) }
      group.addTask {
        try? await Task.sleep(for: timeout)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      giveUp(number)
      return first ?? false
    }
    if isReached { return }
    try Task.checkCancellation()
    let current = state.withLock { $0.positions }
    throw SearchError.positionTimeout(missing: wanted.missing(from: current))
  }

  private func suspend(_ wanted: SourcePositions, _ number: UInt64) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReached = state.withLock { state -> Bool? in
          if wanted.isReached(by: state.positions) { return true }
          if Task.isCancelled { return false }
          state.waiters[number] = Waiter(wanted: wanted, continuation: continuation)
          return nil
        }
        if let isReached { continuation.resume(returning: isReached) }
      }
    } onCancel: {
      giveUp(number)
    }
  }

  private func giveUp(_ number: UInt64) {
    state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume(returning: false)
  }
}

extension SourcePositions {
  /// Whether `other` is at least as far in every partition named here.
  func isReached(by other: SourcePositions) -> Bool {
    nextOffsets.allSatisfy { (other[$0.key] ?? 0) >= $0.value }
  }

  /// The partitions in which `other` is not as far, with the positions wanted.
  func missing(from other: SourcePositions) -> SourcePositions {
    SourcePositions(nextOffsets.filter { (other[$0.key] ?? 0) < $0.value })
  }
}
