// Owns the engine's view of time. Invariant: durations come from the monotonic clock, event ages from the wall clock.

import IndexModel

/// The time, real or simulated.
public protocol ClockPort: Sendable {
  /// Now on the wall clock.
  var now: EventTime { get }
  /// Nanoseconds since an arbitrary start; never goes back.
  var monotonicNanoseconds: UInt64 { get }
}
