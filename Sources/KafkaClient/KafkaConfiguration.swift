// Owns how a client reaches its brokers. Invariant: a property given by name wins over what this type would set, and
// no description shows a secret.

/// Where the brokers are, how to talk to them, and any of the library's own properties.
public struct KafkaConfiguration: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  /// Brokers to ask first, each `host:port`.
  public var bootstrapServers: [String]
  /// What the brokers call this client in their logs.
  public var clientID: String
  /// Protection of the connection.
  public var security: KafkaSecurity
  /// Any librdkafka property by its name (CONFIGURATION.md of librdkafka 2.0), passed through unchanged.
  public var properties: [String: String]

  /// Describes a client's way to its brokers.
  public init(
    bootstrapServers: [String], clientID: String = "kafka-client", security: KafkaSecurity = .plaintext,
    properties: [String: String] = [:]
  ) {
    self.bootstrapServers = bootstrapServers
    self.clientID = clientID
    self.security = security
    self.properties = properties
  }

  /// Everything as the library's properties, over `defaults`.
  func resolved(over defaults: [String: String]) -> [String: String] {
    var resolved = defaults
    resolved["bootstrap.servers"] = bootstrapServers.joined(separator: ",")
    resolved["client.id"] = clientID
    resolved.merge(security.properties) { _, new in new }
    resolved.merge(properties) { _, new in new }
    return resolved
  }

  /// Whether the value of the property `name` must not be shown.
  static func isSecret(_ name: String) -> Bool {
    let parts = name.lowercased().split(separator: ".")
    return parts.contains { ["password", "secret", "pem", "token", "jaas"].contains($0) }
      || name == "sasl.oauthbearer.config"
  }

  /// Every property in order of its name, secrets hidden.
  public var description: String {
    resolved(over: [:]).sorted { $0.key < $1.key }
      .map { name, value in "\(name)=\(Self.isSecret(name) ? KafkaSecret(value).description : value)" }
      .joined(separator: " ")
  }

  /// Shows `description` alone, so that a dump reveals no more.
  public var customMirror: Mirror { Mirror(self, children: ["configuration": description]) }
}
