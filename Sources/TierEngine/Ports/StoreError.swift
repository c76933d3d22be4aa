// Owns what can go wrong at the store's boundary, with what to do about it.

/// A failure of the store.
public struct StoreError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: String, Sendable {
    /// The disk or the map is full: nothing of the transaction stays; retry when there is room.
    case full
    /// Another process has the store open.
    case locked
    /// The store was written in a format that this version does not read.
    case wrongFormat
    /// The store was created for another model, metric or version domain.
    case wrongMetadata
    /// A value fails its checksum, or the file is shorter than its header says.
    case corrupt
    /// The operating system refused: missing permission, read-only folder, no file handles, input/output error.
    case system
  }

  /// What the caller should do.
  public enum Disposition: String, Sendable {
    /// Try the same transaction again later.
    case retry
    /// Stop and report.
    case stop
  }

  /// What went wrong.
  public var code: Code
  /// The library's or the system's number, 0 where there is none.
  public var rawCode: Int32
  /// What failed, on which path, and what to do.
  public var message: String

  /// Describes a failure.
  public init(code: Code, rawCode: Int32 = 0, message: String) {
    self.code = code
    self.rawCode = rawCode
    self.message = message
  }

  /// Whether waiting can help.
  public var disposition: Disposition { code == .full ? .retry : .stop }

  /// The code and the message.
  public var description: String { "store \(code.rawValue): \(message)" }
}
