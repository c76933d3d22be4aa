// Owns where reading of a partition goes on, given what the store remembers and what the log holds. Pure. Invariant:
// a position outside the log is never moved without a word.

import IndexModel
import KafkaClient
import TierEngine

/// Where a partition's reading goes on.
enum PositionDecision: Equatable {
  /// Nothing is stored: begin where the settings say.
  case begin
  /// Go on at the stored position.
  case goOn(at: Int64)
  /// Go on at the stored position if the last applied record still stands at `lastOffset`, or nothing does.
  case verify(lastOffset: Int64, thenGoOnAt: Int64)
  /// The position is not in the log: go on at `to`, and say so.
  case reset(to: Int64)
  /// The position is not in the log: stop.
  case stop

  init(
    stored: StoredPosition?, log: KafkaLogRange, onPositionLost policy: LostPositionPolicy
  ) {
    guard let stored else {
      self = .begin
      return
    }
    guard stored.nextOffset >= log.start, stored.nextOffset <= log.end else {
      self =
        switch policy {
        case .stop: .stop
        case .earliest: .reset(to: log.start)
        case .latest: .reset(to: log.end)
        }
      return
    }
    // A last record before the log's start went with retention; what follows it is all there.
    if let lastOffset = stored.lastOffset, lastOffset >= log.start, lastOffset < log.end {
      self = .verify(lastOffset: lastOffset, thenGoOnAt: stored.nextOffset)
    } else {
      self = .goOn(at: stored.nextOffset)
    }
  }
}
