// Owns the measure of throughput: a topic or file that is already full, applied as fast as it goes, beside what the
// store's own library does with the same rows.

import Foundation
import Freshet
import KafkaClient

/// Events a second from an empty index's first look at the log until searches reflect everything.
struct FullSpeed {
  private let plan: BenchPlan

  init(_ plan: BenchPlan) {
    self.plan = plan
  }

  func run() async throws -> [ReportTable] {
    var table = ReportTable(
      title: "Full speed",
      about: """
        \(plan.fullSpeedEvents) events with vectors of \(VectorSeries.dimension) components and texts of \
        \(plan.events.texts[0].utf8.count) bytes or so, in the log before an empty index is opened; the time goes \
        from the index's first look at the log until searches reflect the last event. Every commit is synced. No \
        rebuild. "LMDB" writes the same rows, taken from the index's own store, with the same library on the same \
        disk, \(Self.commitRows) events a synced transaction, and does nothing else.
        """,
      columns: ["source", "events/s", "LMDB events/s", "share of LMDB", "cores used", "load"])
    table.add(try await fromFile())
    table.add(try await fromKafka())
    return [table]
  }

  /// The default of `store.commitRowsMax`: at full speed every transaction is full.
  private static let commitRows = 1000

  private func fromKafka() async throws -> [String] {
    plan.announce("full speed from Kafka")
    let events = (0..<plan.fullSpeedEvents).map { plan.events.event($0, item: $0, .vector) }
    return try await BenchBroker.with(partitionCount: plan.partitionCount) { broker in
      let stream = EventStream(broker: broker, events: events, perSecond: 1_000_000)
      try await stream.send()
      // The broker saves what it was given about a second later, again and again.
      try await Task.sleep(for: .seconds(5))
      return try await row("Kafka", broker.source, end: stream.end)
    }
  }

  private func fromFile() async throws -> [String] {
    plan.announce("full speed from a JSON-lines file")
    let path = plan.folder + "/full-speed.jsonl"
    let end = try JSONLinesFile.write(plan.events, count: plan.fullSpeedEvents, to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await row("JSON lines", .jsonl(path: path), end: end)
  }

  private func row(_ name: String, _ source: BenchTopology.Source, end: SourcePositions) async throws -> [String] {
    let store = plan.folder + "/full-speed"
    try? FileManager.default.removeItem(atPath: store)
    let load = BenchEnvironment.load
    var topology = BenchTopology(source: source, storePath: store, modelFolder: plan.modelFolder)
    if case .kafka = source { topology.queue = (records: plan.fullSpeedEvents, bytes: 1 << 30) }
    let (seconds, cores) = try await withIndex(topology) { [plan] freshet, start in
      let processor = Stopwatch.processorSeconds
      try await freshet.wait(for: end, timeout: .seconds(120))
      let seconds = Stopwatch.seconds(since: start)
      let cores = (Stopwatch.processorSeconds - processor) / seconds
      let status = try await freshet.status()
      guard status.items == plan.fullSpeedEvents else {
        throw BenchFailure("\(status.items) items and \(status.deadLetters) dead letters of \(plan.fullSpeedEvents)")
      }
      return (seconds, cores)
    }
    let rawSeconds = try await OwnThread.run("bench-lmdb") { [plan] in
      try StoreRows(ofStore: store).write(to: plan.folder + "/full-speed-lmdb", eventsPerTransaction: Self.commitRows)
    }
    let rate = Double(plan.fullSpeedEvents) / seconds
    let rawRate = Double(plan.fullSpeedEvents) / rawSeconds
    return [
      name, rate.rounded(digits: 0), rawRate.rounded(digits: 0), (rate / rawRate).rounded(digits: 2),
      cores.rounded(digits: 2), load,
    ]
  }
}
