// Owns one client that searches without a pause, and what it saw.

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

  /// Searches for `seconds`.
  func search(_ freshet: Freshet, seconds: Int) async throws -> [Sample] {
    var samples: [Sample] = []
    let end = Stopwatch.nanoseconds + UInt64(seconds) * 1_000_000_000
    while true {
      let start = Stopwatch.nanoseconds
      guard start < end else { return samples }
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
