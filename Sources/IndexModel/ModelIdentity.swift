// Owns the name tag that every vector carries. Invariant: two vectors are comparable only if their fingerprints
// are equal.

/// What made a vector: a model artifact, or a name that a topology declares for vectors made elsewhere.
public struct ModelIdentity: Hashable, Sendable, CustomStringConvertible {
  /// The name people use.
  public let name: String
  /// Hash over weights, tokenizer and preprocessing, in hexadecimal; for a declared name, the name itself.
  public let fingerprint: String
  /// The number of components of its vectors.
  public let dimension: Int

  /// Names a model.
  public init(name: String, fingerprint: String, dimension: Int) {
    self.name = name
    self.fingerprint = fingerprint
    self.dimension = dimension
  }

  /// `name (fingerprint's first 12 digits, dimension)`, for messages.
  public var description: String { "\(name) (\(fingerprint.prefix(12)), \(dimension)-d)" }
}
