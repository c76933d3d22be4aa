// Owns measured times and their quantiles. Invariant: a quantile is one of the values measured (nearest rank).

import Foundation

/// Times in nanoseconds.
struct Samples: Sendable {
  private(set) var nanoseconds: [UInt64] = []

  init(_ nanoseconds: [UInt64] = []) {
    self.nanoseconds = nanoseconds
  }

  var count: Int { nanoseconds.count }

  mutating func add(_ value: UInt64) {
    nanoseconds.append(value)
  }

  static func + (left: Samples, right: Samples) -> Samples {
    Samples(left.nanoseconds + right.nanoseconds)
  }

  /// Milliseconds at the quantile `q` in 0...1; 0 where nothing was measured.
  func milliseconds(_ q: Double) -> Double {
    guard !nanoseconds.isEmpty else { return 0 }
    let rank = Int((q * Double(count)).rounded(.up)) - 1
    return Double(nanoseconds.sorted()[min(max(rank, 0), count - 1)]) / 1e6
  }
}

/// The clock of every measure.
enum Stopwatch {
  static var nanoseconds: UInt64 { DispatchTime.now().uptimeNanoseconds }

  /// Seconds that this process's threads have computed.
  static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  static func seconds(since start: UInt64) -> Double { Double(nanoseconds - start) / 1e9 }

  /// Seconds that `body` takes.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = nanoseconds
    try body()
    return seconds(since: start)
  }
}

extension Double {
  /// With so many digits after the point.
  func rounded(digits: Int) -> String { formatted(.number.precision(.fractionLength(digits)).grouping(.never)) }
}
