// Owns the measure of the in-process encoder.

import Embedding
import TierEngine

/// Texts a second on one thread.
struct EncoderSpeed {
  private let plan: BenchPlan

  init(_ plan: BenchPlan) {
    self.plan = plan
  }

  func run() async throws -> [ReportTable] {
    plan.announce("encoder")
    let artifact = try ModelArtifact(folder: plan.modelFolder)
    let encoder = try TransformerEncoder(artifact: artifact, threadCount: 1)
    let tokens = artifact.tokenizer.encode(plan.events.texts[0]).count
    var table = ReportTable(
      title: "Encoder",
      about:
        """
        \(plan.modelName) on one thread, \(encoder.precision.rawValue) (\(encoder.simdLevel)), texts of about \
        \(tokens) tokens.
        """,
      columns: ["texts a call", "texts/s", "ms a text", "load"])
    for batch in [32, 1] {
      let load = BenchEnvironment.load
      let rate = try await OwnThread.run("bench-encoder") { [plan] in try Self.rate(encoder, batch: batch, plan) }
      table.add(["\(batch)", rate.rounded(digits: 0), (1000 / rate).rounded(digits: 2), load])
    }
    return [table]
  }

  private static func rate(_ encoder: TransformerEncoder, batch: Int, _ plan: BenchPlan) throws -> Double {
    let texts = (0..<1024).map { plan.events.texts[$0] }
    _ = try encoder.encode(Array(texts.prefix(batch)), role: .item)
    let seconds = try Stopwatch.seconds {
      for first in stride(from: 0, to: texts.count, by: batch) {
        _ = try encoder.encode(Array(texts[first..<first + batch]), role: .item)
      }
    }
    return Double(texts.count) / seconds
  }
}
