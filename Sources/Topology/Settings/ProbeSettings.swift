// Owns the gate that a candidate must pass. Invariant 6: no unproven promotion.

/// What a candidate must show before it serves.
public struct ProbeSettings: Sendable, Hashable {
  /// Queries asked.
  public var queries = 1000
  /// The least share of the exact top 10 found.
  public var recallMin = 0.95
  /// Rows asked for themselves.
  public var selfSample = 1000
  /// The least share of those that find themselves.
  public var reachabilityMin = 0.99
}

extension ProbeSettings: TopologySection {
  static var section: SectionSpec<ProbeSettings> {
    SectionSpec(
      about:
        "What a candidate must show before it serves; one that fails is rejected and the old generation serves on.",
      [
        .defaulted(
          "queries", \.queries, .integer(1...1_000_000, unit: "queries"), "Queries that are not the items themselves."),
        .defaulted(
          "recallMin", \.recallMin, .number(0...1, unit: "share"),
          "The least share of the exact top 10 found at the serving `ef`, equal scores counted."),
        .defaulted(
          "selfSample", \.selfSample, .integer(1...1_000_000, unit: "rows"), "Rows that are asked for themselves."),
        .defaulted(
          "reachabilityMin", \.reachabilityMin, .number(0...1, unit: "share"),
          "The least share of those rows that find themselves, or an equal vector, first."),
      ])
  }
}
