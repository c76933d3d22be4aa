// Owns how a client proves who it is and whom it trusts. Invariant: a secret is never part of a description.

/// Protection of the connection to the brokers.
public enum KafkaSecurity: Sendable, Hashable {
  /// No encryption and no authentication.
  case plaintext
  /// Encrypted; the client proves itself by its certificate, where it has one.
  case tls(KafkaTLS)
  /// Authenticated by SASL; encrypted where `tls` is given.
  case sasl(KafkaSASL, tls: KafkaTLS?)

  /// The library's properties that say the same.
  var properties: [String: String] {
    switch self {
    case .plaintext:
      ["security.protocol": "plaintext"]
    case .tls(let tls):
      tls.properties.merging(["security.protocol": "ssl"]) { _, protocolName in protocolName }
    case .sasl(let sasl, let tls):
      sasl.properties
        .merging(tls?.properties ?? [:]) { own, _ in own }
        .merging(["security.protocol": tls == nil ? "sasl_plaintext" : "sasl_ssl"]) { _, protocolName in protocolName }
    }
  }
}

/// Certificates, as paths of PEM files.
public struct KafkaTLS: Sendable, Hashable {
  /// Authorities that may sign a broker's certificate; `nil` trusts the system's.
  public var authorityPath: String?
  /// The client's own certificate.
  public var certificatePath: String?
  /// The key of the client's certificate.
  public var keyPath: String?
  /// The password of that key.
  public var keyPassword: KafkaSecret?

  /// Names the files.
  public init(
    authorityPath: String? = nil, certificatePath: String? = nil, keyPath: String? = nil,
    keyPassword: KafkaSecret? = nil
  ) {
    self.authorityPath = authorityPath
    self.certificatePath = certificatePath
    self.keyPath = keyPath
    self.keyPassword = keyPassword
  }

  var properties: [String: String] {
    var properties: [String: String] = [:]
    properties["ssl.ca.location"] = authorityPath
    properties["ssl.certificate.location"] = certificatePath
    properties["ssl.key.location"] = keyPath
    properties["ssl.key.password"] = keyPassword?.value
    return properties
  }
}

/// A name and password under one of the SASL mechanisms.
public struct KafkaSASL: Sendable, Hashable {
  /// How the password is proven.
  public enum Mechanism: String, Sendable, Hashable, CaseIterable {
    /// The password itself: only over TLS.
    case plain = "PLAIN"
    /// Salted challenge and response, SHA-256 (RFC 7677).
    case scramSHA256 = "SCRAM-SHA-256"
    /// Salted challenge and response, SHA-512.
    case scramSHA512 = "SCRAM-SHA-512"
  }

  /// How the password is proven.
  public var mechanism: Mechanism
  /// Who the client is.
  public var userName: String
  /// The password.
  public var password: KafkaSecret

  /// Gathers the credentials.
  public init(mechanism: Mechanism, userName: String, password: KafkaSecret) {
    self.mechanism = mechanism
    self.userName = userName
    self.password = password
  }

  var properties: [String: String] {
    ["sasl.mechanism": mechanism.rawValue, "sasl.username": userName, "sasl.password": password.value]
  }
}

/// A text that no description, dump or log line shows.
public struct KafkaSecret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
  let value: String

  /// Hides `value`.
  public init(_ value: String) {
    self.value = value
  }

  /// The same for every secret.
  public var description: String { "(secret)" }
  /// The same for every secret.
  public var debugDescription: String { "(secret)" }
  /// Shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
