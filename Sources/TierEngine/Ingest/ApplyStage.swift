// Owns the last stage of ingest: transaction, then publication. Invariant 2: searchable means durable.

import IndexModel

/// The applying thread's loop.
struct ApplyStage {
  let input: BoundedQueue<PreparedEntry>
  let writer: TierWriter
  let rowsMax: Int
  let stopSignal: StopSignal
  let telemetry: any TelemetryPort

  /// Applies entries in order until the input is closed and drained. Throws `StoreError` where retrying is no use.
  func run() throws {
    while true {
      let entries = input.takeWaiting(countMax: rowsMax)
      if entries.isEmpty { return }
      guard writer.waitForRoom(stopSignal) else { return }
      guard try applyPatiently(entries) else { return }
    }
  }

  /// Retries a transaction that found the disk full, waiting longer each time, at most 5 s. Returns whether the entries
  /// were applied; they were not where ingest was stopped meanwhile, and will be read again.
  private func applyPatiently(_ entries: [PreparedEntry]) throws -> Bool {
    var waitSeconds = 0.1
    while true {
      do {
        try writer.apply(entries)
        return true
      } catch let error as StoreError where error.disposition == .retry {
        telemetry.record(.storeRetried(error))
        if stopSignal.wait(seconds: waitSeconds) { return false }
        waitSeconds = min(5, waitSeconds * 2)
      }
    }
  }
}
