// Owns the promise that quantiles are near the exact ones, and that the past is forgotten.

import Dispatch
import Foundation
import IndexModel
import Synchronization
import Telemetry
import Testing

@Suite struct LatencyHistogramTests {
  /// A clock that the test moves.
  private final class ManualClock: Sendable {
    private let time = Mutex<UInt64>(0)
    var nanoseconds: UInt64 { time.withLock { $0 } }
    func advance(seconds: UInt64) { time.withLock { $0 += seconds * 1_000_000_000 } }
  }

  /// `FRESHET_TEST_SEED=N swift test --filter TelemetryTests.LatencyHistogramTests` replays a seed.
  private static let seed =
    ProcessInfo.processInfo.environment["FRESHET_TEST_SEED"].flatMap { UInt64($0) } ?? 20_261_121

  @Test("Quantiles are never below the exact ones, and at most 3.2 % above", arguments: [1, 2, 99, 100, 101, 5000])
  func quantiles(count: Int) {
    var random = SplitMix64(seed: Self.seed &+ UInt64(count))
    let histogram = LatencyHistogram(now: { 0 })
    // Durations over ten orders of magnitude, as equal on a logarithmic scale.
    let durations = (0..<count).map { _ in
      UInt64.random(in: 1...1 << UInt64.random(in: 1...39, using: &random), using: &random)
    }
    .sorted()
    histogram.record(nanoseconds: durations.shuffled(using: &random))
    let summary = histogram.summary()
    #expect(summary.count == UInt64(count))
    for (quantile, found) in [(50, summary.p50Nanoseconds), (99, summary.p99Nanoseconds)] {
      let exact = durations[(count * quantile + 99) / 100 - 1]
      #expect(found >= exact, "seed \(Self.seed)")
      #expect(Double(found) <= Double(exact) * 1.032, "seed \(Self.seed)")
    }
  }

  @Test("Durations under 64 ns are exact, and endless ones count as the longest")
  func ends() {
    for nanoseconds in UInt64(0)..<64 {
      let histogram = LatencyHistogram(now: { 0 })
      histogram.record(nanoseconds: nanoseconds)
      #expect(histogram.summary().p50Nanoseconds == nanoseconds)
    }
    let histogram = LatencyHistogram(now: { 0 })
    histogram.record(nanoseconds: .max)
    #expect(histogram.summary().p99Nanoseconds == 1 << 40 - 1)
  }

  @Test("Without durations there is nothing to tell")
  func empty() {
    let summary = LatencyHistogram(now: { 0 }).summary()
    #expect(summary.count == 0)
    #expect(summary.p50Nanoseconds == 0)
    #expect(summary.p99Nanoseconds == 0)
  }

  @Test("What is older than the window is forgotten, slice by slice")
  func window() {
    let clock = ManualClock()
    let histogram = LatencyHistogram(
      sliceCount: 3, sliceNanoseconds: 10_000_000_000, now: { clock.nanoseconds })
    var counts: [UInt64] = []
    histogram.record(nanoseconds: 10)
    for _ in 0..<4 {
      clock.advance(seconds: 10)
      counts.append(histogram.summary().count)
      histogram.record(nanoseconds: 20)
    }
    #expect(counts == [1, 2, 2, 2])
    #expect(histogram.summary().p50Nanoseconds == 20)
    clock.advance(seconds: 1000)
    #expect(histogram.summary().count == 0)
  }

  @Test("Records from many threads are all counted")
  func concurrency() {
    let histogram = LatencyHistogram(now: { 0 })
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for number in 0..<5000 { histogram.record(nanoseconds: UInt64(thread * 5000 + number)) }
    }
    #expect(histogram.summary().count == 40_000)
  }
}
