// Owns one client that searches at a steady rate, and what it saw. Invariant: a search that had
// to wait behind a slow one is timed from the moment at which it was due, so that nothing is hidden.

import Freshet

/// Asks for the ten nearest items, one search after another.
struct SearchClient: Sendable {
  /// One search.
  struct Sample: Sendable {
    let start: UInt64
    let nanoseconds: UInt64
    let generation: UInt64?
  }

  private let requests: [SearchRequest]

  /// Queries are drawn as the items are, but none of them is one.
  init(_ plan: BenchPlan) {
    let vectors = VectorSeries(seed: plan.seed).self
    requests = (0..<1000).map { number in
      SearchRequest(query: .vector(vectors[1 << 40 + number], model: plan.modelName), k: 10)
    }
  }

  /// Searches a second: far below what one core answers, so that cores are left for what disturbs.
  static let perSecond = 200

  /// Searches for `seconds`.
  func search(_ freshet: Freshet, seconds: Int) async throws -> [Sample] {
    var samples: [Sample] = []
    let end = Stopwatch.nanoseconds + UInt64(seconds) * 1_000_000_000
    var due = Stopwatch.nanoseconds
    while true {
      due += 1_000_000_000 / UInt64(Self.perSecond)
      guard due < end else { return samples }
      var start = due
      let now = Stopwatch.nanoseconds
      if due > now {
        try await Task.sleep(for: .nanoseconds(due - now))
        // How late a timer wakes is not the index's doing.
        start = Stopwatch.nanoseconds
      }
      let response = try await freshet.search(requests[samples.count % requests.count])
      guard response.hits.count == 10 else { throw BenchFailure("a search found \(response.hits.count) items of 10") }
      samples.append(
        Sample(start: start, nanoseconds: Stopwatch.nanoseconds - start, generation: response.generation))
    }
  }
}

extension [SearchClient.Sample] {
  var latency: Samples { Samples(map(\.nanoseconds)) }

  /// Moments at which another generation was seen first.
  var swaps: [UInt64] {
    zip(self, dropFirst()).filter { $0.generation != $1.generation }.map { $1.start }
  }

  /// Searches that began at most half a second before or after a swap.
  var aroundSwaps: [SearchClient.Sample] {
    let swaps = swaps
    return filter { sample in
      swaps.contains { $0 < sample.start + 500_000_000 && sample.start < $0 + 500_000_000 }
    }
  }
}
