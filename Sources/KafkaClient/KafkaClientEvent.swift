// Owns what a client tells besides records. Invariant: an event that this version does not know is told by its name
// and harms nothing.

/// What the library reports on its own account.
public enum KafkaClientEvent: Sendable {
  /// A line of the library's log; `level` as in syslog, 0 (emergency) to 7 (debug).
  case log(level: Int, facility: String, message: String)
  /// A failure that belongs to no call, such as a lost broker; the library goes on by itself unless it is fatal.
  case failure(KafkaError)
  /// The library's statistics as JSON, every `statistics.interval.ms`.
  case statistics(String)
  /// An asynchronous commit ended; `nil` is success.
  case committed([KafkaPartition: Int64], KafkaError?)
  /// An event of a kind that this client does not handle.
  case unhandled(name: String)
}

/// Receives events on the thread that polls the client; must not block.
public typealias KafkaEventHandler = @Sendable (KafkaClientEvent) -> Void
