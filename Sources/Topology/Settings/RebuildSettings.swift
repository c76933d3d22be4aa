// Owns when the main tier is built anew.

/// The rules that start a rebuild; the first that holds does.
public struct RebuildSettings: Sendable, Hashable {
  /// Items below which nothing is built.
  public var rowsMin = 1000
  /// Fresh rows below which growth starts nothing.
  public var freshRowsMin = 10_000
  /// Growth over the main tier.
  public var growthShare = 0.5
  /// Fresh rows that start a rebuild whatever the main tier's size.
  public var freshRowsMax = 100_000
  /// Rows of the main tier that are superseded.
  public var supersededShareMax = 0.2
  /// Age of the serving generation.
  public var ageSecondsMax = 3600
  /// How often the rules are looked at.
  public var checkMilliseconds = 500

  /// Fresh rows at which growth starts a rebuild over a main tier of `mainRows` rows:
  /// `min(freshRowsMax, max(freshRowsMin, growthShare x mainRows))`.
  public func freshRowsDue(mainRows: Int) -> Int {
    // Compared before the conversion: a product past Int's range is past `freshRowsMax` too.
    let grown = growthShare * Double(mainRows)
    guard grown < Double(freshRowsMax) else { return freshRowsMax }
    return min(freshRowsMax, max(freshRowsMin, Int(grown.rounded(.up))))
  }
}

extension RebuildSettings: TopologySection {
  static var section: SectionSpec<RebuildSettings> {
    SectionSpec(
      about: "When the main tier is built anew; the first rule that holds starts it. By growth it starts at "
        + "`min(freshRowsMax, max(freshRowsMin, growthShare x rows of the main tier))` fresh rows, so that an initial "
        + "load rebuilds at geometric steps.",
      [
        .defaulted(
          "rowsMin", \.rowsMin, .integer(1...1_000_000_000, unit: "rows"),
          "Items below which nothing is built: the exact tier answers alone."),
        .defaulted(
          "freshRowsMin", \.freshRowsMin, .integer(1...100_000_000, unit: "rows"),
          "Fresh rows below which growth starts nothing."),
        .defaulted(
          "growthShare", \.growthShare, .number(0.01...100, unit: "share"),
          "Growth starts a rebuild at this share of the main tier's rows."),
        .defaulted(
          "freshRowsMax", \.freshRowsMax, .integer(1...100_000_000, unit: "rows"),
          "Fresh rows that start a rebuild whatever the main tier's size."),
        .defaulted(
          "supersededShareMax", \.supersededShareMax, .number(0.001...1, unit: "share"),
          "The share of the main tier's rows that may be changed or deleted since it was built."),
        .defaulted(
          "ageSecondsMax", \.ageSecondsMax, .integer(1...31_536_000, unit: "seconds"),
          "The age of the serving generation at which it is replaced, where anything has changed."),
        .defaulted(
          "checkMilliseconds", \.checkMilliseconds, .integer(10...3_600_000, unit: "milliseconds"),
          "How often the rules are looked at."),
      ])
  }
}
