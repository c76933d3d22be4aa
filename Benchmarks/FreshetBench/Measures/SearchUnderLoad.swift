// Owns the measure of what disturbs a search. Invariant: idle and loaded searches ask indexes of the same items, and
// fresh tiers that grow over the same range, so that only the disturbance differs.

import Freshet

/// Search latency idle, during ingest, during rebuilds, and around swaps.
struct SearchUnderLoad {
  private let plan: BenchPlan
  private let client: SearchClient
  /// Idle searches come in slices, between which the fresh tier grows.
  private let sliceSeconds = 2

  init(_ plan: BenchPlan) {
    self.plan = plan
    client = SearchClient(plan)
  }

  func run() async throws -> [ReportTable] {
    [try await disturbances(), try await swaps()]
  }

  private static let columns = [
    "state", "searches/s", "p50 ms", "p99 ms", "p99 / idle p99", "rebuilding", "cores used", "load",
  ]

  private func disturbances() async throws -> ReportTable {
    let image = try await IndexImage(plan, itemCount: plan.indexItems)
    let seconds = plan.searchSeconds
    var table = ReportTable(
      title: "Search under load",
      about: """
        One client that searches \(SearchClient.perSecond) times a second, k = 10, both tiers; \
        \(plan.indexItems) items in the main tier. Ingest updates \(plan.eventsPerSecond) items a second, so the \
        fresh tier grows from 0 to \(seconds * plan.eventsPerSecond) rows in \(seconds) s; for "idle" the same \
        updates are applied between slices of \(sliceSeconds) s, in which nothing but the search runs.
        """,
      columns: Self.columns)
    let idle = try await idle(image, seconds: seconds)
    table.add(row("idle", idle, idle: idle))
    let ingest = try await loaded(image, seconds: seconds, isRebuilding: false)
    table.add(row("ingest", ingest, idle: idle))
    let rebuilding = try await loaded(image, seconds: seconds, isRebuilding: true)
    table.add(row("ingest and rebuild (half a core)", rebuilding, idle: idle))
    return table
  }

  private func swaps() async throws -> ReportTable {
    let image = try await IndexImage(plan, itemCount: plan.swapItems)
    var table = ReportTable(
      title: "Search across swaps",
      about: """
        As above with \(plan.swapItems) items, so that generations are promoted often; "around swaps" are the searches \
        within half a second of a promotion. The fresh tier is trimmed by each, so it is smaller than idle's.
        """,
      columns: Self.columns)
    let idle = try await idle(image, seconds: plan.searchSeconds)
    table.add(row("idle", idle, idle: idle))
    var loaded = try await loaded(image, seconds: plan.swapSeconds, isRebuilding: true)
    table.add(row("ingest and rebuilds (half a core)", loaded, idle: idle))
    loaded.samples = loaded.samples.aroundSwaps
    table.add(row("around swaps", loaded, idle: idle))
    return table
  }

  private struct State {
    var samples: [SearchClient.Sample] = []
    var seconds = 0.0
    var processorSeconds = 0.0
    var rebuilds = RebuildWatch.Outcome()
    let load = BenchEnvironment.load
  }

  private func row(_ name: String, _ state: State, idle: State) -> [String] {
    let latency = state.samples.latency
    let share = latency.milliseconds(0.99) / idle.samples.latency.milliseconds(0.99)
    return [
      name, (Double(state.samples.count) / state.seconds).rounded(digits: 0),
      latency.milliseconds(0.5).rounded(digits: 3),
      latency.milliseconds(0.99).rounded(digits: 3), share.rounded(digits: 2), state.rebuilds.description,
      (state.processorSeconds / state.seconds).rounded(digits: 2), state.load,
    ]
  }

  private func idle(_ image: IndexImage, seconds: Int) async throws -> State {
    plan.announce("search: idle, \(image.itemCount) items")
    return try await withStream(image, seconds: seconds) { [client, sliceSeconds] freshet, stream in
      var state = State()
      let sliceEvents = sliceSeconds * stream.perSecond
      for first in stride(from: 0, to: stream.events.count, by: sliceEvents) {
        let slice = EventStream(
          broker: stream.broker, events: Array(stream.events[first..<first + sliceEvents]), perSecond: 1_000_000,
          recordsBefore: first)
        try await slice.send()
        try await freshet.wait(for: slice.end, timeout: .seconds(60))
        // The broker saves what it was given about a second later.
        try await Task.sleep(for: .seconds(1.5))
        let processor = Stopwatch.processorSeconds
        let start = Stopwatch.nanoseconds
        state.samples += try await client.search(freshet, seconds: sliceSeconds)
        state.seconds += Stopwatch.seconds(since: start)
        state.processorSeconds += Stopwatch.processorSeconds - processor
      }
      return state
    }
  }

  private func loaded(_ image: IndexImage, seconds: Int, isRebuilding: Bool) async throws -> State {
    plan.announce("search: during ingest\(isRebuilding ? " and rebuilds" : ""), \(image.itemCount) items")
    return try await withStream(image, seconds: seconds) { [client] freshet, stream in
      var state = State()
      let rebuilding = RebuildWatch(freshet, isRebuilding: isRebuilding)
      let processor = Stopwatch.processorSeconds
      let start = Stopwatch.nanoseconds
      async let sent: Void = stream.send()
      state.samples = try await client.search(freshet, seconds: seconds)
      state.seconds = Stopwatch.seconds(since: start)
      state.processorSeconds = Stopwatch.processorSeconds - processor
      try await sent
      state.rebuilds = try await rebuilding.finish()
      return state
    }
  }

  private func withStream(
    _ image: IndexImage, seconds: Int, _ body: @Sendable (Freshet, EventStream) async throws -> State
  ) async throws -> State {
    let store = try image.copy(for: "search")
    let events = EventStream.updates(
      of: plan.events, first: image.itemCount, count: seconds * plan.eventsPerSecond, itemCount: image.itemCount,
      .vector)
    return try await BenchBroker.with(partitionCount: plan.partitionCount) { broker in
      let stream = EventStream(broker: broker, events: events, perSecond: plan.eventsPerSecond)
      return try await withIndex(
        BenchTopology(source: broker.source, storePath: store, modelFolder: plan.modelFolder)
      ) { freshet, _ in try await body(freshet, stream) }
    }
  }
}
