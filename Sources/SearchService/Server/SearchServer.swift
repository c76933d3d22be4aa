// Owns the running HTTP service: listening, limits on connections, and a stop that lets running requests finish.

import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Telemetry

/// The HTTP service over one backend. Run it once, in a task group or a `ServiceGroup`.
///
/// On graceful shutdown it stops listening, answers the requests that are running, closes idle connections, and then
/// `run` returns. A request takes at most `RequestLimits.requestSecondsMax`, so that bounds the stop, too.
public struct SearchServer<Backend: SearchBackend>: Service {
  private let configuration: SearchServerConfiguration
  private let handler: RequestHandler<Backend>
  private var logger: Logger
  private let record: @Sendable (TelemetryEvent) -> Void
  private let onListening: @Sendable (ListeningAddress) async -> Void

  /// Prepares a service; nothing is bound before `run`. `record` is called for every answer, from any thread.
  /// `onListening` is called once, when connections are accepted, with the port that was really taken.
  public init(
    configuration: SearchServerConfiguration, backend: Backend, logger: Logger,
    record: @escaping @Sendable (TelemetryEvent) -> Void = { _ in },
    onListening: @escaping @Sendable (ListeningAddress) async -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.handler = RequestHandler(backend: backend, configuration: configuration, record: record)
    self.logger = logger
    // The server library tells its own life at lower levels, which `onListening` and the telemetry tell already.
    self.logger.logLevel = max(logger.logLevel, .warning)
    self.record = record
    self.onListening = onListening
  }

  /// Listens until graceful shutdown or cancellation. Throws `SearchServerError` where the address cannot be bound.
  public func run() async throws {
    let limits = configuration.limits
    let host = configuration.host
    let port = configuration.port
    let application = Application(
      responder: handler,
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(Int64(limits.idleSecondsMax)),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: limits.headerBytesMax, maxHeaderListSize: limits.headerBytesMax))),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), serverName: nil,
        availableConnectionsDelegate: .maximum(limits.connectionsMax, logger: logger)),
      onServerRunning: { [onListening] channel in
        await onListening(ListeningAddress(host: host, port: channel.localAddress?.port ?? port))
      },
      logger: logger)
    do {
      try await application.run()
      record(.shutdown(.requestsFinished))
    } catch let error as IOError {
      throw SearchServerError(host: host, port: port, reason: error.description)
    }
  }
}

/// Where a service accepts connections.
public struct ListeningAddress: Sendable, Hashable, CustomStringConvertible {
  /// The host as configured.
  public let host: String
  /// The port that was taken.
  public let port: Int

  /// Names an address.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// `http://host:port`, with an IPv6 address in brackets.
  public var description: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }
}

/// An address that cannot be bound.
public struct SearchServerError: Error, Sendable, CustomStringConvertible {
  /// The host as configured.
  public let host: String
  /// The port as configured.
  public let port: Int
  /// What the system said.
  public let reason: String

  /// The address, the reason, and what to do.
  public var description: String {
    "cannot listen on \(host):\(port): \(reason); choose another port or stop what listens there"
  }
}
