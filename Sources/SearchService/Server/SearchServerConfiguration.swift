// Owns the settings of the HTTP service. Invariant: everything that a client can make large has a limit here.

/// Where the service listens, whom it lets in, and what it accepts.
public struct SearchServerConfiguration: Sendable {
  /// The address to bind: a host name or an IP address.
  public var host: String
  /// The port to bind; 0 takes a free one, which `onListening` reports.
  public var port: Int
  /// The keys that are accepted. Empty: every caller may do everything, which is for loopback only.
  public var apiKeys: [APIKey]
  /// What a request may ask for and take.
  public var limits: RequestLimits

  /// Gathers settings.
  public init(
    host: String = "127.0.0.1", port: Int = 8080, apiKeys: [APIKey] = [], limits: RequestLimits = RequestLimits()
  ) {
    self.host = host
    self.port = port
    self.apiKeys = apiKeys
    self.limits = limits
  }
}

/// Bounds on what one client can make the service do.
public struct RequestLimits: Sendable, Hashable {
  /// The longest request body, in bytes; a longer one is answered with 413.
  public var bodyBytesMax: Int
  /// The longest header list of a request, in bytes; a longer one is answered with 400 and the connection is closed.
  public var headerBytesMax: Int
  /// The most hits that a search may ask for.
  public var kMax: Int
  /// The widest graph walk that a search may ask for.
  public var efMax: Int
  /// The most dead letters that one answer lists.
  public var deadLettersMax: Int
  /// How long a request may take, its body's arrival included; then it is answered with 408 or 504.
  public var requestSecondsMax: Double
  /// How many requests run at once; one more is answered with 503. Health, readiness and metrics are exempt.
  public var concurrentRequestsMax: Int
  /// How many connections are open at once; more wait in the listen queue.
  public var connectionsMax: Int
  /// How long a connection without a request is kept.
  public var idleSecondsMax: Int

  /// Gathers bounds.
  public init(
    bodyBytesMax: Int = 1 << 20, headerBytesMax: Int = 16 << 10, kMax: Int = 1000, efMax: Int = 10_000,
    deadLettersMax: Int = 1000, requestSecondsMax: Double = 10, concurrentRequestsMax: Int = 256,
    connectionsMax: Int = 4096, idleSecondsMax: Int = 75
  ) {
    self.bodyBytesMax = bodyBytesMax
    self.headerBytesMax = headerBytesMax
    self.kMax = kMax
    self.efMax = efMax
    self.deadLettersMax = deadLettersMax
    self.requestSecondsMax = requestSecondsMax
    self.concurrentRequestsMax = concurrentRequestsMax
    self.connectionsMax = connectionsMax
    self.idleSecondsMax = idleSecondsMax
  }
}
