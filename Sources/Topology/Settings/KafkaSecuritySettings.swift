// Owns the settings by which Freshet and a Kafka broker prove who they are.

/// How the connection to a broker is secured.
public struct KafkaSecuritySettings: Sendable, Hashable {
  /// The kind of connection, in librdkafka's words.
  public enum ConnectionProtocol: String, Sendable, Hashable, CaseIterable {
    /// Neither encrypted nor authenticated.
    case plaintext
    /// Encrypted.
    case ssl
    /// Authenticated, not encrypted.
    case saslPlaintext = "sasl_plaintext"
    /// Authenticated and encrypted.
    case saslSSL = "sasl_ssl"

    /// Whether the connection is encrypted.
    public var isEncrypted: Bool { self == .ssl || self == .saslSSL }
    /// Whether the client logs in.
    public var isAuthenticated: Bool { self == .saslPlaintext || self == .saslSSL }
  }

  /// The way of logging in, in librdkafka's words.
  public enum Mechanism: String, Sendable, Hashable, CaseIterable {
    /// User name and password as they are.
    case plain = "PLAIN"
    /// Salted challenge and response over SHA-256.
    case scramSHA256 = "SCRAM-SHA-256"
    /// Salted challenge and response over SHA-512.
    case scramSHA512 = "SCRAM-SHA-512"
  }

  /// The kind of connection.
  public var `protocol` = ConnectionProtocol.plaintext
  /// The way of logging in.
  public var mechanism: Mechanism?
  /// The user.
  public var username: String?
  /// The user's password.
  public var password: Secret?
  /// Certificates to trust, PEM.
  public var caFile: String?
  /// The client's certificate, PEM.
  public var certificateFile: String?
  /// The client's private key, PEM.
  public var keyFile: String?
  /// What the private key is encrypted with.
  public var keyPassword: Secret?
}

extension KafkaSecuritySettings: TopologySection {
  static var section: SectionSpec<KafkaSecuritySettings> {
    SectionSpec(
      about: "How the connection to the brokers is secured.",
      [
        .defaulted("protocol", \.protocol, .choice(), "The kind of connection."),
        .optional(
          "mechanism", \.mechanism, .choice(), absent: "none", "The way of logging in; needed by the `sasl_` protocols."
        ),
        .optional("username", \.username, .text, absent: "none", "The user; needed by the `sasl_` protocols."),
        .optional("password", \.password, .secret, absent: "none", "The password; needed by the `sasl_` protocols."),
        .optional(
          "caFile", \.caFile, .path, absent: "the system's certificates",
          "Certificates of the authorities to trust, PEM."),
        .optional(
          "certificateFile", \.certificateFile, .path, absent: "none",
          "The client's own certificate, PEM, where the broker asks for one; goes with `keyFile`."),
        .optional("keyFile", \.keyFile, .path, absent: "none", "The private key of `certificateFile`, PEM."),
        .optional("keyPassword", \.keyPassword, .secret, absent: "none", "The password of `keyFile`."),
      ])
  }
}
