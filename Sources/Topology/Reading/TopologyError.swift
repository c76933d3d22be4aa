// Owns what is wrong with a topology file. Invariant: all problems that can be seen at once are told at once, each
// with its place.

/// A topology file that cannot be used.
public struct TopologyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// The file, as it was named.
    public var file: String
    /// The line, from 1; `nil` where the file could not be read at all.
    public var line: Int?
    /// The column, from 1.
    public var column: Int?
    /// The field, such as `serve.port`; empty where none is at fault.
    public var field: String
    /// What is wrong, and what to do.
    public var message: String
    /// What was probably meant.
    public var suggestion: String?

    /// `file:line:column: message; did you mean …?`
    public var description: String {
      var text = file
      if let line, let column { text += ":\(line):\(column)" }
      text += ": \(message)"
      if let suggestion { text += "; did you mean `\(suggestion)`?" }
      return text
    }
  }

  /// The problems in the order of their lines; never empty.
  public let problems: [Problem]

  /// One problem a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }

  /// A file that could not be read at all.
  static func unreadable(_ file: String, _ message: String) -> TopologyError {
    TopologyError(problems: [Problem(file: file, field: "", message: message)])
  }
}
