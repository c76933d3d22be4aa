// Owns the settings of the two tiers.

import IndexModel

/// The fresh and the main tier.
public struct TierSettings: Sendable, Hashable {
  /// How vectors are compared.
  public var metric = Metric.cosine
  /// The exact tier of the newest items.
  public var fresh = FreshTierSettings()
  /// The approximate tier of everything up to a watermark.
  public var main = MainTierSettings()
}

extension TierSettings: TopologySection {
  static var section: SectionSpec<TierSettings> {
    SectionSpec(
      about: "The two tiers that a search reads together.",
      [
        .defaulted(
          "metric", \.metric, .choice(),
          "How vectors are compared. A store is bound to the metric that it was created with."),
        .section("fresh", \.fresh),
        .section("main", \.main),
      ])
  }
}

/// The exact tier of the newest items.
public struct FreshTierSettings: Sendable, Hashable {
  /// Rows that it can hold.
  public var capacityRows = 200_000
  /// Rows that are reserved at once.
  public var chunkRows = 1024
}

extension FreshTierSettings: TopologySection {
  static var section: SectionSpec<FreshTierSettings> {
    SectionSpec(
      about: "The exact tier of the newest items, in memory.",
      [
        .defaulted(
          "capacityRows", \.capacityRows, .integer(64...100_000_000, unit: "rows"),
          "Rows that the tier can hold. Plan arrivals per second x seconds of build and probe x 1.5; nearing it forces "
            + "a rebuild and then slows the source down, and nothing is dropped."),
        .defaulted(
          "chunkRows", \.chunkRows, .integer(64...1_048_576, unit: "rows"), "Rows that are reserved at once."),
      ])
  }
}

/// The approximate tier of everything up to a watermark.
public struct MainTierSettings: Sendable, Hashable {
  /// The kind of index.
  public enum Engine: String, Sendable, Hashable, CaseIterable {
    /// Hierarchical navigable small worlds.
    case hnsw
  }

  /// The kind of index.
  public var engine = Engine.hnsw
  /// Neighbours per node.
  public var m = 16
  /// Candidates per insertion.
  public var efConstruction = 200
  /// Candidates per search, where a request names none.
  public var ef = 96
  /// What a build's random choices start from.
  public var seed: UInt64 = 1
  /// Threads that build.
  public var buildThreads = 1
  /// Processor time that a build may take.
  public var buildCoresMax = 0.5
  /// The gate before a promotion.
  public var probe = ProbeSettings()
  /// When to build.
  public var rebuild = RebuildSettings()
  /// Generations kept, with the serving one.
  public var generationsKept = 2
}

extension MainTierSettings: TopologySection {
  static var section: SectionSpec<MainTierSettings> {
    SectionSpec(
      about: "The approximate tier of everything up to a watermark, rebuilt in the background.",
      [
        .defaulted("engine", \.engine, .choice(), "The kind of index."),
        .defaulted(
          "m", \.m, .integer(2...128, unit: "neighbours"),
          "Neighbours of a node in the upper layers; twice as many in the lowest. More find better and take more "
            + "room."),
        .defaulted(
          "efConstruction", \.efConstruction, .integer(4...4096, unit: "candidates"),
          "Candidates per insertion. More build a better graph, slower."),
        .defaulted(
          "ef", \.ef, .integer(1...65_536, unit: "candidates"),
          "Candidates per search where a request names none. More find better, slower."),
        .defaulted(
          "seed", \.seed, .unsigned,
          "What a build's random choices start from. Equal items and seeds give equal bytes."),
        .defaulted("buildThreads", \.buildThreads, .integer(1...1024), "Threads that build."),
        .defaulted(
          "buildCoresMax", \.buildCoresMax, .number(0.05...1024, unit: "cores"),
          "Processor time that a build may take, all its threads together: 0.5 is half a core, so that searches keep "
            + "their latency meanwhile."),
        .section("probe", \.probe),
        .section("rebuild", \.rebuild),
        .defaulted(
          "generationsKept", \.generationsKept, .integer(1...100, unit: "generations"),
          "Generations kept on disk, the serving one among them; the others are for going back."),
      ])
  }
}
