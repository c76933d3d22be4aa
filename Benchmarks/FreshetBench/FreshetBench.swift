// Owns the benchmarks' options and their course: one measure after another, then the report.

import ArgumentParser
import Foundation

/// Measures Freshet as a user meets it: real broker, real store, real model.
@main
struct FreshetBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freshet-bench",
    abstract: "Measure Freshet's latency and throughput, and print the figures as Markdown.",
    discussion: """
      Run it as `make bench`, which fetches the model and the development broker. A line on standard error says what \
      is measured at the moment; the report goes to standard output and to report.md in the folder.
      """)

  @Flag(help: "Smaller indexes and shorter runs: some minutes in all.")
  var quick = false

  @Option(parsing: .upToNextOption, help: "Measure only these: \(Measure.allCases.map(\.rawValue)).")
  var only = Measure.allCases

  @Option(help: "The folder for stores and the report; it is emptied. Its disk is the one that is measured.")
  var folder = ".freshet/bench"

  @Option(help: "The folder of the embedding model.")
  var model = ".freshet/models/all-minilm-l6-v2"

  @Option(help: "What items, texts and queries are drawn from.")
  var seed: UInt64 = 20_261_121

  func run() async throws {
    let plan = try BenchPlan(isQuick: quick, folder: folder, modelFolder: model, seed: seed)
    try plan.emptyFolder()
    var report = Report(environment: BenchEnvironment(arguments: Array(CommandLine.arguments.dropFirst())))
    for measure in only {
      for table in try await measure.run(plan) {
        report.tables.append(table)
        try report.markdown.write(toFile: plan.folder + "/report.md", atomically: true, encoding: .utf8)
      }
    }
    print(report.markdown)
  }
}

/// What can be measured.
enum Measure: String, CaseIterable, ExpressibleByArgument {
  case throughput, latency, search, encoder, graph

  func run(_ plan: BenchPlan) async throws -> [ReportTable] {
    switch self {
    case .throughput: try await FullSpeed(plan).run()
    case .latency: try await ProducedToSearchable(plan).run()
    case .search: try await SearchUnderLoad(plan).run()
    case .encoder: try await EncoderSpeed(plan).run()
    case .graph: try await GraphSpeed(plan).run()
    }
  }
}
