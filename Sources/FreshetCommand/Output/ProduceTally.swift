// Owns the count of what became of produced lines. Invariant: every line is acknowledged, refused or failed, exactly
// once; the process's status says whether all were acknowledged.

import Freshet
import Synchronization

/// Counts lines. From any thread.
final class ProduceTally: Sendable {
  private struct Counts {
    var acknowledged = 0
    var refused = 0
    var failed = 0
    var firstFailure: CommandFailure?
  }

  private let file: String
  private let printsPositions: Bool
  private let counts = Mutex(Counts())

  init(file: String, printsPositions: Bool) {
    self.file = file == "-" ? "standard input" : file
    self.printsPositions = printsPositions
  }

  /// The line is no event.
  func refuse(_ line: Int, _ reason: String) {
    counts.withLock { $0.refused += 1 }
    StandardStreams.complain("\(file):\(line): \(reason)")
  }

  /// The broker took the line, or it was given up.
  func acknowledge(_ line: Int, _ result: Result<EventPosition, any Error>) {
    switch result {
    case .success(let position):
      counts.withLock { $0.acknowledged += 1 }
      if printsPositions { StandardStreams.answer(position.description) }
    case .failure(let error):
      let failure = Self.failure(error)
      let isFirst = counts.withLock { counts in
        counts.failed += 1
        defer { counts.firstFailure = counts.firstFailure ?? failure }
        return counts.firstFailure == nil
      }
      // One broker that is down fails every line: the first one says why.
      if isFirst { StandardStreams.complain("\(file):\(line): \(failure.message)") }
    }
  }

  private static func failure(_ error: any Error) -> CommandFailure {
    // Given up when the producer was closed: everything else had its time limit before.
    if let error = error as? KafkaError, error.code == .closed {
      return CommandFailure(.unavailable, "no broker acknowledged it in time")
    }
    return CommandFailure(error) ?? CommandFailure(.failed, "\(error)")
  }

  /// Says what became of all lines; throws where some were not acknowledged.
  func conclude() throws {
    let counts = counts.withLock { $0 }
    let summary =
      "\(Format.count(counts.acknowledged)) produced, \(Format.count(counts.refused)) refused, "
      + "\(Format.count(counts.failed)) failed"
    if let failure = counts.firstFailure { throw CommandFailure(failure.status, summary) }
    if counts.refused > 0 { throw CommandFailure(.refused, summary) }
    if !printsPositions { StandardStreams.answer(summary) }
  }
}
