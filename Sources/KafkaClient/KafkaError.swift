// Owns what can go wrong at the broker's boundary. Invariant: callers decide by `code` and `disposition` alone; the
// library's number and name are carried for people to read.

/// A failure reported by the client library or by a broker.
public struct KafkaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, in the words of this client.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// A broker cannot be reached.
    case unreachable
    /// No broker is left that can be reached.
    case allUnreachable
    /// No answer came within the time limit.
    case timedOut
    /// A broker cannot serve the request now: it moves leadership, lacks replicas, loads a group.
    case transient
    /// The topic or the partition does not exist.
    case unknownTopic
    /// A topic of that name exists.
    case topicExists
    /// The offset to read from is not in the log.
    case offsetOutOfRange
    /// The broker refused the credentials, or the TLS handshake failed.
    case authentication
    /// The credentials do not allow the operation.
    case authorization
    /// A property, an argument or a request is refused.
    case configuration
    /// The library's own queue is full.
    case queueFull
    /// A record is larger than the broker or the client accepts.
    case recordTooLarge
    /// A record's bytes do not match their checksum or cannot be decompressed.
    case corrupt
    /// The broker does not know the request.
    case unsupported
    /// The client was closed.
    case closed
    /// The client cannot be used any more; make a new one.
    case fatal
    /// The development broker's program cannot be found, started or reached.
    case devBroker
    /// Anything else; see `name`.
    case other
  }

  /// What the caller should do.
  public enum Disposition: String, Sendable, Hashable {
    /// The same call may succeed later; the library goes on trying by itself where it reads or writes.
    case retry
    /// Choose another offset.
    case reposition
    /// Nothing will change by itself: stop and report.
    case stop
  }

  /// What went wrong.
  public var code: Code
  /// The library's own name of the failure, such as `UNKNOWN_TOPIC_OR_PART`.
  public var name: String
  /// The library's number, 0 where there is none.
  public var rawCode: Int32
  /// What was attempted, on which topic, partition and offset, and what the library said.
  public var context: String

  /// Describes a failure.
  public init(code: Code, name: String, rawCode: Int32 = 0, context: String) {
    self.code = code
    self.name = name
    self.rawCode = rawCode
    self.context = context
  }

  /// Whether waiting can help.
  public var disposition: Disposition {
    switch code {
    case .unreachable, .allUnreachable, .timedOut, .transient, .queueFull: .retry
    case .offsetOutOfRange: .reposition
    case .unknownTopic, .topicExists, .authentication, .authorization, .configuration, .recordTooLarge, .corrupt,
      .unsupported, .closed, .fatal, .devBroker, .other:
      .stop
    }
  }

  /// The code, the library's name and the context.
  public var description: String { "kafka \(code.rawValue) (\(name)): \(context)" }

  /// The same failure with `what` told before what the library said.
  func during(_ what: String) -> KafkaError {
    var error = self
    error.context = "\(what): \(context)"
    return error
  }
}
