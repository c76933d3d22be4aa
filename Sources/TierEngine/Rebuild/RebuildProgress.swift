// Owns how far a rebuild has come, for status. Invariant: the fraction done never goes back.

import Synchronization
import VectorIndex

/// The progress of one rebuild, written by its thread and read by status.
final class RebuildProgress: Sendable {
  /// Each stage's share of the whole, as seen on the first catalogues; only the estimate depends on it.
  private static let shares: [(stage: RebuildStatus.Stage, share: Double)] = [
    (.scan, 0.05), (.build, 0.75), (.write, 0.05), (.probe, 0.14), (.promote, 0.01),
  ]

  private let number: UInt64
  private let reason: String
  private let startedNanoseconds: UInt64
  private let stage = Mutex(RebuildStatus.Stage.scan)
  private let control: BuildControl

  init(number: UInt64, reason: String, startedNanoseconds: UInt64, control: BuildControl) {
    self.number = number
    self.reason = reason
    self.startedNanoseconds = startedNanoseconds
    self.control = control
  }

  /// Enters `next`.
  func enter(_ next: RebuildStatus.Stage) {
    stage.withLock { $0 = next }
  }

  /// The picture at `nanoseconds` on the monotonic clock.
  func status(at nanoseconds: UInt64) -> RebuildStatus {
    let current = stage.withLock { $0 }
    var done = 0.0
    for (stage, share) in Self.shares {
      if stage == current {
        if stage == .build { done += share * min(1, control.fractionDone) }
        break
      }
      done += share
    }
    let elapsed = Double(nanoseconds - min(nanoseconds, startedNanoseconds)) / 1e9
    return RebuildStatus(
      generation: number, reason: reason, stage: current, fractionDone: done, elapsedSeconds: elapsed,
      remainingSeconds: done > 0.1 ? elapsed * (1 - done) / done : nil)
  }
}
