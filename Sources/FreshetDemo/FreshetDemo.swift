// Owns the demo's options and its course: catalogue, stage, tour, end. Invariant: every way out ends what was started.

import ArgumentParser
import Foundation

/// Shows Freshet at work on Debian's package catalogue.
@main
struct FreshetDemo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freshet-demo",
    abstract: "Index Debian's package catalogue live, and search it.",
    discussion: """
      Starts a development Kafka broker, writes the catalogue to it, runs `freshet run` on it, lets packages come, \
      change and go, and shows searches. Run it as `make demo`, which fetches what it needs.
      """)

  @Option(help: "The topology to run.")
  var topology = "topologies/demo.yaml"

  @Option(help: "The folder with apt's lists: *_Packages and *_Translation-en.")
  var lists = ".freshet/catalog/lists"

  @Option(help: "The folder of the index's store, which the demo empties first.")
  var store = ".freshet/demo/store"

  @Option(help: "Take a seeded part of the catalogue: this many packages.")
  var limit: Int?

  @Option(help: "The HTTP port, where it is free; else another one.")
  var port: UInt16 = 8080

  @Option(help: "Changes a second in the live stream.")
  var rate = 20

  @Option(help: "The seed of the catalogue's division and of the live stream.")
  var seed: UInt64 = 20_261_121

  @Option(name: .customLong("patience"), help: "Seconds to wait for each thing that must happen.")
  var patienceSeconds = 900

  @Flag(help: "Check what is shown, and end by itself: status 0, or 1 and what failed.")
  var once = false

  /// `freshet`, which was built beside this program.
  var freshetProgram: String {
    let program = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return program.deletingLastPathComponent().appending(path: "freshet").path
  }

  func validate() throws {
    guard rate > 0 else { throw ValidationError("--rate must be at least 1") }
    guard patienceSeconds > 0 else { throw ValidationError("--patience must be at least 1") }
    guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit must be at least 1") }
  }

  func run() async throws {
    let console = Console()
    let interrupt = InterruptSignal()
    var catalogue = try Catalogue(listsFolder: lists)
    console.step("read \(catalogue.items.count) packages from \(lists)")
    if let limit { catalogue.limit(to: limit, seed: seed) }
    let part = try CataloguePart(catalogue, seed: seed)

    let stage = try await DemoStage.open(self, items: part.first, console: console)
    let shown = await outcome { try await show(catalogue, part, on: stage, until: interrupt, console: console) }
    console.step("ending freshet, then the broker")
    let closed = await outcome { try await stage.close() }
    try shown.get()
    try closed.get()
    console.step(once ? "all checks passed" : "ended")
  }

  /// Shows and checks until the end: the checks' own with `--once`, else Ctrl-C. Throws where freshet ends before.
  private func show(
    _ catalogue: Catalogue, _ part: CataloguePart, on stage: DemoStage, until interrupt: InterruptSignal,
    console: Console
  ) async throws {
    let patience = Patience(limit: .seconds(patienceSeconds))
    let titles = Dictionary(uniqueKeysWithValues: catalogue.items.map { ($0.id, $0.title) })
    let tour = Tour(
      stage: stage, console: console, titles: titles, itemCount: part.first.count, patience: patience)
    let checks = LiveChecks(stage: stage, console: console, witnesses: part.witnesses, patience: patience)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        await interrupt.wait()
        return true
      }
      group.addTask {
        let status = try await stage.freshet.waitUntilExit()
        throw DemoFailure("freshet ended by itself with status \(status)")
      }
      group.addTask {
        try await LiveStream(producer: stage.producer, changesPerSecond: rate).run(ChangePlan(part, seed: seed))
        return false
      }
      group.addTask {
        try await tour.run(firstSearchLimit: once ? .seconds(30) : nil)
        if once { try await checks.run() }
        return once
      }
      defer { group.cancelAll() }
      while let isOver = try await group.next(), !isOver {}
    }
  }

  /// What came of `body`, to be looked at once everything has ended.
  private func outcome(_ body: () async throws -> Void) async -> Result<Void, any Error> {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
}
