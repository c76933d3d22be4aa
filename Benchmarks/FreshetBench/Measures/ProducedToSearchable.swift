// Owns the first promise's measure: how long after an event is produced searches reflect it.

import Freshet

/// Latency at a steady rate, with vectors given and with texts embedded, idle and while generations are built.
struct ProducedToSearchable {
  private struct Case {
    let name: String
    let kind: EventSeries.Kind
    let isRebuilding: Bool
  }
  private let plan: BenchPlan

  init(_ plan: BenchPlan) {
    self.plan = plan
  }

  func run() async throws -> [ReportTable] {
    let image = try await IndexImage(plan, itemCount: plan.indexItems)
    var table = ReportTable(
      title: "Produced → searchable",
      about: """
        From just before a record is handed to the producer until `wait(for:)` says that searches reflect it, which is \
        after the synced commit. \(plan.indexItems) items of \(VectorSeries.dimension) components, \
        \(plan.partitionCount) partitions, \(plan.latencySeconds) s a case after \(plan.warmUpSeconds) s of warm-up. \
        Rebuilds are held to half a core, one after another. "Broker" is the same \
        records' way to a plain consumer; "sync" is how long the same disk takes meanwhile to sync one \
        page of another file.
        """,
      columns: [
        "case", "events/s", "p50 ms", "p99 ms", "max ms", "broker p50 ms", "broker p99 ms", "sync p50 ms",
        "sync p99 ms", "rebuilding",
        "cores used", "load",
      ])
    for measured in [
      Case(name: "vectors given, idle", kind: .vector, isRebuilding: false),
      Case(name: "vectors given, rebuilding", kind: .vector, isRebuilding: true),
      Case(name: "texts embedded, idle", kind: .text, isRebuilding: false),
      Case(name: "texts embedded, rebuilding", kind: .text, isRebuilding: true),
    ] {
      table.add(try await row(measured, image))
    }
    return [table]
  }

  private func row(_ measured: Case, _ image: IndexImage) async throws -> [String] {
    plan.announce("produced to searchable: \(measured.name)")
    let load = BenchEnvironment.load
    let rate = measured.kind == .vector ? plan.eventsPerSecond : plan.textsPerSecond
    let events = EventStream.updates(
      of: plan.events, first: image.itemCount, count: rate * (plan.warmUpSeconds + plan.latencySeconds),
      itemCount: image.itemCount, measured.kind)
    let store = try image.copy(for: "latency")
    return try await BenchBroker.with(partitionCount: plan.partitionCount) { [plan] broker in
      let stream = EventStream(broker: broker, events: events, perSecond: rate)
      let watch = LatencyWatch(stream, warmUpCount: rate * plan.warmUpSeconds)
      let topology = BenchTopology(source: broker.source, storePath: store, modelFolder: plan.modelFolder)
      return try await withIndex(topology) { freshet, _ in
        let rebuilding = RebuildWatch(freshet, isRebuilding: measured.isRebuilding)
        let disk = DiskWatch(folder: plan.folder)
        let processor = Stopwatch.processorSeconds
        let start = Stopwatch.nanoseconds
        async let consumed: Void = watch.consume()
        try await stream.send { watch.willSend($0, to: freshet) }
        try await watch.finish()
        try await consumed
        let cores = (Stopwatch.processorSeconds - processor) / Stopwatch.seconds(since: start)
        let rebuilds = try await rebuilding.finish()
        let syncs = try await disk.finish()
        plan.announce(
          "slowest events: "
            + watch.slowest(10).map { event in
              let second = (Double(event.sent - start) / 1e9).rounded(digits: 2)
              let milliseconds = (Double(event.nanoseconds) / 1e6).rounded(digits: 0)
              return "\(milliseconds) ms at \(second) s (rebuild: \(rebuilds.stage(at: event.sent)))"
            }.joined(separator: ", "))
        return [
          measured.name, "\(rate)", watch.searchable.milliseconds(0.5).rounded(digits: 2),
          watch.searchable.milliseconds(0.99).rounded(digits: 2), watch.searchable.milliseconds(1).rounded(digits: 1),
          watch.consumed.milliseconds(0.5).rounded(digits: 2), watch.consumed.milliseconds(0.99).rounded(digits: 2),
          syncs.milliseconds(0.5).rounded(digits: 2), syncs.milliseconds(0.99).rounded(digits: 2), rebuilds.description,
          cores.rounded(digits: 2), load,
        ]
      }
    }
  }
}
