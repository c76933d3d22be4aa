// Owns what is logged, and in which form.

/// The log on standard error.
public struct LogSettings: Sendable, Hashable {
  /// The least severity logged.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    /// Every step.
    case trace
    /// What helps to find a fault.
    case debug
    /// What an operator wants to know.
    case info
    /// What is unusual but right.
    case notice
    /// What may become a fault.
    case warning
    /// What went wrong.
    case error
    /// What ends the process.
    case critical
  }

  /// How a line looks.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// For people.
    case text
    /// One JSON object a line.
    case json
  }

  /// The least severity logged.
  public var level = Level.info
  /// How a line looks.
  public var format = Format.text
}

extension LogSettings: TopologySection {
  static var section: SectionSpec<LogSettings> {
    SectionSpec(
      about: "The log on standard error.",
      [
        .defaulted("level", \.level, .choice(), "The least severity logged."),
        .defaulted("format", \.format, .choice(), "How a line looks: `text` for people, `json` for collectors."),
      ])
  }
}
