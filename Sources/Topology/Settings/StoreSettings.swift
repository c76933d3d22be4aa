// Owns the settings of the durable store.

/// Where and how items, vectors and source positions are kept.
public struct StoreSettings: Sendable, Hashable {
  /// What a commit survives.
  public enum Durability: String, Sendable, Hashable, CaseIterable {
    /// Power loss.
    case durable
    /// A crash of the process; power loss rolls items and positions back together.
    case fast
  }

  /// What is kept of the texts.
  public enum Content: String, Sendable, Hashable, CaseIterable {
    /// The normalised text, for embedding again.
    case keep
    /// Nothing.
    case none
  }

  /// The store's folder.
  public var path = ""
  /// What a commit survives.
  public var durability = Durability.durable
  /// The address space reserved for the store, which is its largest size.
  public var mapBytesMax = 68_719_476_736
  /// What is kept of the texts.
  public var content = Content.keep
  /// Events committed together at most.
  public var commitRowsMax = 1000
}

extension StoreSettings: TopologySection {
  static var section: SectionSpec<StoreSettings> {
    SectionSpec(
      about: "Where items, vectors and source positions are kept: one folder, one process at a time.",
      [
        .required("path", \.path, .path, "The store's folder; made where it is missing."),
        .defaulted(
          "durability", \.durability, .choice(),
          "What a commit survives. `durable`: power loss. `fast`: a crash of the process; power loss rolls items and "
            + "positions back together, so that nothing is lost but the time to read again."),
        .defaulted(
          "mapBytesMax", \.mapBytesMax, .integer(1_048_576...17_592_186_044_416, unit: "bytes"),
          "The store's largest size. Reserved as address space; the file takes what it holds."),
        .defaulted(
          "content", \.content, .choice(),
          "What is kept of the texts. `none` saves room; items can then not be embedded again without their source."),
        .defaulted(
          "commitRowsMax", \.commitRowsMax, .integer(1...100_000, unit: "rows"),
          "Events committed together at most. A commit takes what waits; it never waits to fill."),
      ])
  }
}
