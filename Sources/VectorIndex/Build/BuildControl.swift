// Owns the reins of a build: how many threads, how much CPU, whether it goes on. Invariant: cancelling is final, and
// every thread notices at its next checkpoint.

import Synchronization

/// The build was cancelled through its control.
public struct BuildCancelled: Error {
  /// Says so.
  public init() {}
}

/// Shared by the threads of a build and whoever watches it. Any thread.
public final class BuildControl: Sendable {
  /// Threads that the work is spread over.
  public let threadCount: Int
  /// Cores' worth of CPU over all threads, in 0...threadCount.
  public let cpuShare: Double

  private let cancelled = Atomic<Bool>(false)
  private let fraction = Atomic<UInt64>(0)
  private let slices = Mutex<[ThreadIdentity: CPUSlice]>([:])

  /// `cpuShare` above 0 and at most `threadCount`: cores' worth of CPU over all threads; values outside are clamped.
  public init(threadCount: Int, cpuShare: Double = 1) {
    self.threadCount = max(1, threadCount)
    self.cpuShare = min(max(cpuShare, 0.01), Double(self.threadCount))
  }

  /// Stops the build at the next checkpoint of each thread.
  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  /// Whether `cancel` was called.
  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// How much of the graph is built, in 0...1.
  public var fractionDone: Double { Double(bitPattern: fraction.load(ordering: .relaxed)) }

  func report(fractionDone: Double) { fraction.store(fractionDone.bitPattern, ordering: .relaxed) }

  /// Pauses the calling thread as long as its share of the CPU is used up, and throws `BuildCancelled` once the build
  /// is cancelled. Call it every millisecond or so of work; it costs about a tenth of a microsecond where nothing is
  /// throttled.
  public func checkpoint() throws {
    guard !isCancelled else { throw BuildCancelled() }
    let share = cpuShare / Double(threadCount)
    guard share < 1 else { return }
    let thread = ThreadIdentity.current
    let now = CPUSlice.starting()
    let pause = slices.withLock { slices -> Int64 in
      // A clock behind the slice's is that of a new thread, to which the system gave an ended thread's identity.
      guard let slice = slices[thread], slice.cpuNanoseconds <= now.cpuNanoseconds else {
        slices[thread] = now
        return 0
      }
      let cpu = now.cpuNanoseconds - slice.cpuNanoseconds
      guard cpu >= CPUSlice.lengthNanoseconds else { return 0 }
      let dueWall = max(now.wallNanoseconds, slice.wallNanoseconds + Int64(Double(cpu) / share))
      slices[thread] = CPUSlice(cpuNanoseconds: now.cpuNanoseconds, wallNanoseconds: dueWall)
      return dueWall - now.wallNanoseconds
    }
    try sleep(nanoseconds: pause)
  }

  /// Sleeps in steps short enough to notice cancelling.
  private func sleep(nanoseconds: Int64) throws {
    var left = nanoseconds
    while left > 0 {
      let step = min(left, 10_000_000)
      pauseThread(nanoseconds: step)
      left -= step
      guard !isCancelled else { throw BuildCancelled() }
    }
  }
}
