// Owns the engine's view of an embedding model. Invariant 7: an encoder says what it is, and its vectors are
// comparable only with vectors of the same fingerprint.

import IndexModel

/// Makes vectors from texts. Blocking and CPU-heavy: call it from a dedicated thread. From several threads at once.
public protocol TextEncoderPort: Sendable {
  /// What made the vectors.
  var model: ModelIdentity { get }

  /// One vector a text, in order, `texts.count * model.dimension` values, normalised where the artifact says so.
  /// A text's vector does not depend on its batch. Throws `EncodingError`.
  func encode(_ texts: [String], role: EncoderRole) throws -> [Float]
}

/// Which side a text stands on; a model may treat them differently.
public enum EncoderRole: String, Sendable, Hashable, CaseIterable {
  /// Content of an item.
  case item
  /// What a user asks.
  case query
}

/// An encoder's failure.
public struct EncodingError: Error, Sendable, CustomStringConvertible {
  /// Whether the same texts may succeed later.
  public var isTransient: Bool
  /// What went wrong, and what to do.
  public var message: String

  /// Describes a failure.
  public init(isTransient: Bool, message: String) {
    self.isTransient = isTransient
    self.message = message
  }

  /// The message.
  public var description: String { "encoder: \(message)" }
}

/// Hashes normalised text, so that an unchanged text is not embedded again.
public protocol ContentHashingPort: Sendable {
  /// 128 bits of a cryptographic hash of `text`'s UTF-8.
  func hash(_ text: String) -> ContentHash
}
