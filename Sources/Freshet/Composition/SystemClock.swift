// Owns the real time.

import Foundation
import IndexModel
import TierEngine

/// The machine's wall clock and monotonic clock.
struct SystemClock: ClockPort {
  var now: EventTime {
    EventTime(millisecondsSince1970: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }

  var monotonicNanoseconds: UInt64 { DispatchTime.now().uptimeNanoseconds }
}
