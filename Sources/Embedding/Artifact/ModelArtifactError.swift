// Owns the one error of this room's files. Invariant: it names the file and the part of it at fault.

/// A model artifact that cannot be used.
public struct ModelArtifactError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Sendable {
    /// A file that the artifact needs is not there.
    case missing
    /// The operating system refuses to read a file.
    case unreadable
    /// A file breaks its format.
    case malformed
    /// A file is sound, but asks for what this encoder does not do.
    case unsupported
  }

  /// What kind of fault it is.
  public var code: Code
  /// The file's path.
  public var file: String
  /// The tensor, field or line at fault; `nil` where it is the file as a whole.
  public var part: String?
  /// What is wrong, and what to do.
  public var message: String

  /// Describes a fault.
  public init(code: Code, file: String, part: String? = nil, message: String) {
    self.code = code
    self.file = file
    self.part = part
    self.message = message
  }

  /// `model artifact FILE (PART): MESSAGE`.
  public var description: String {
    "model artifact \(file)\(part.map { " (\($0))" } ?? ""): \(message)"
  }
}
