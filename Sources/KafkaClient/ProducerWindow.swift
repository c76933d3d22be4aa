// Owns how many records may be on their way at once. Invariant: `inFlightCount` never exceeds `inFlightMax`, and who
// waited longest goes first.

/// The bounded window of a producer: a value whose methods say what to do outside the lock.
///
///     open ──close()──▶ closed       nobody enters any more; records on their way still leave
struct ProducerWindow {
  /// Called once: with `nil` when there is room, with a failure when there never will be.
  typealias Waiter = @Sendable (KafkaError?) -> Void

  enum Entry {
    /// There is room: hand the record over.
    case entered
    /// There is none: the waiter is called later, and has then entered.
    case waiting
    /// The producer is closed.
    case refused(KafkaError)
  }

  let inFlightMax: Int
  private(set) var inFlightCount = 0
  private(set) var isClosed = false
  private var waiters: [Waiter] = []
  private var firstWaiter = 0

  init(inFlightMax: Int) {
    self.inFlightMax = max(inFlightMax, 1)
  }

  /// Asks for room for one record.
  mutating func enter(orWait waiter: @escaping Waiter) -> Entry {
    if isClosed { return .refused(Self.closedError) }
    guard inFlightCount >= inFlightMax else {
      inFlightCount += 1
      return .entered
    }
    waiters.append(waiter)
    return .waiting
  }

  /// One record was acknowledged, given up or refused. Returns who takes its room, to be called outside the lock.
  mutating func leave() -> Waiter? {
    guard firstWaiter < waiters.count else {
      inFlightCount -= 1
      return nil
    }
    let next = waiters[firstWaiter]
    firstWaiter += 1
    if firstWaiter == waiters.count {
      waiters.removeAll(keepingCapacity: true)
      firstWaiter = 0
    }
    return next
  }

  /// Lets nobody in any more. Returns those who wait in vain, to be called outside the lock with `closedError`.
  mutating func close() -> [Waiter] {
    isClosed = true
    defer {
      waiters = []
      firstWaiter = 0
    }
    return Array(waiters[firstWaiter...])
  }

  static let closedError = KafkaError(code: .closed, name: "closed", context: "the producer was closed")
}
