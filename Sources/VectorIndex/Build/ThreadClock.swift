// Owns the clocks of throttling. Invariant: they steer when work is done, never what it computes.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When a thread began its present slice of work.
struct CPUSlice: Sendable {
  /// CPU that a thread uses before it pauses: short enough that others hardly wait, long enough to be cheap.
  static let lengthNanoseconds: Int64 = 4_000_000

  let cpuNanoseconds: Int64
  let wallNanoseconds: Int64

  /// The present of the calling thread.
  static func starting() -> CPUSlice {
    CPUSlice(
      cpuNanoseconds: nanoseconds(of: CLOCK_THREAD_CPUTIME_ID), wallNanoseconds: nanoseconds(of: CLOCK_MONOTONIC))
  }

  private static func nanoseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// Tells the threads of this process apart.
struct ThreadIdentity: Hashable, Sendable {
  private let value: UInt

  static var current: ThreadIdentity {
    #if canImport(Darwin)
      unsafe ThreadIdentity(value: UInt(bitPattern: pthread_self()))
    #else
      ThreadIdentity(value: UInt(pthread_self()))
    #endif
  }
}

/// Takes the calling thread off the CPU.
func pauseThread(nanoseconds: Int64) {
  var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  unsafe nanosleep(&time, nil)
}

/// Lets the process's other threads go first where cores are scarce: a niceness of 5 leaves a third of a core beside
/// one busy thread, so a build never starves. Call it on a thread of one's own that builds or probes, at its start.
public func lowerThreadPriority() {
  #if !canImport(Darwin)
    // On Linux "process 0" is the calling thread. A refusal changes nothing but the priority.
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
  #endif
}
