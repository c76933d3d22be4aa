// Owns the pace of the live stream: changes keep coming, evenly, until the demo ends.

/// Writes planned changes at a steady rate.
struct LiveStream: Sendable {
  let producer: CatalogueProducer
  let changesPerSecond: Int

  /// Writes change after change until the task is cancelled or the plan ends.
  func run(_ plan: ChangePlan) async throws {
    let clock = ContinuousClock()
    var due = clock.now
    for change in plan {
      try await clock.sleep(until: due, tolerance: .milliseconds(5))
      try await producer.write(change)
      due += .seconds(1) / changesPerSecond
    }
  }
}
