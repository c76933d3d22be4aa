// Owns the whole pipeline as one value. Invariant: a topology that exists is complete and consistent; only `load` and
// `parse` make one, and they refuse everything else.

import IndexModel

/// A linear pipeline: source → decode → embed → store → tiers (fresh, main) → serve.
public struct FreshetTopology: Sendable, Hashable {
  /// The pipeline's name.
  public var name = ""
  /// The order of an item's events.
  public var version = VersionDomain.log
  /// The log that is read.
  public var source = SourceSettings.placeholder
  /// How records are understood.
  public var decode = DecodeSettings()
  /// What makes vectors.
  public var embed = EmbedSettings.placeholder
  /// Where everything is kept.
  public var store = StoreSettings()
  /// What may wait between reading and applying.
  public var queue = QueueSettings()
  /// The two tiers.
  public var tiers = TierSettings()
  /// The HTTP interface.
  public var serve = ServeSettings()
  /// The log on standard error.
  public var log = LogSettings()

  /// Required fields hold placeholders until they are read; a topology that misses one is never returned.
  init() {}

  /// Whether an event's vector must name its model: as `decode.modelRequired` says, or where it says nothing,
  /// unless the topology declares the model.
  public var isModelRequired: Bool {
    if let stated = decode.modelRequired { return stated }
    if case .supplied = embed { return false }
    return true
  }
}

extension FreshetTopology: TopologySection {
  static var section: SectionSpec<FreshetTopology> {
    SectionSpec(
      about: "A topology file describes one linear pipeline: source → decode → embed → store → tiers → serve.",
      [
        .required("name", \.name, .name, "The pipeline's name; it stands in logs and in the consumer group."),
        .defaulted(
          "version", \.version, .choice(),
          "What decides which of two events of one item is newer: its place in the `log`, or an unsigned integer "
            + "`field` in the event. A store is bound to the one that it was created with."),
        .variant("source", \.source),
        .section("decode", \.decode),
        .variant("embed", \.embed),
        .section("store", \.store),
        .section("queue", \.queue),
        .section("tiers", \.tiers),
        .section("serve", \.serve),
        .section("log", \.log),
      ])
  }
}
