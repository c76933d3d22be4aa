// Owns the choice of what makes vectors from texts. Invariant 7: one model per index.

/// What makes the index's vectors.
public enum EmbedSettings: Sendable, Hashable {
  /// The in-process MiniLM encoder.
  case minilm(MiniLMSettings)
  /// Nothing here: every event brings its vector.
  case supplied(SuppliedVectorsSettings)
  /// A deterministic hash, for tests.
  case hashing(HashingSettings)
}

extension EmbedSettings: TopologyVariant {
  static var placeholder: EmbedSettings { .minilm(MiniLMSettings()) }

  static var variants: VariantSpec<EmbedSettings> {
    VariantSpec(
      about: "What makes the index's vectors. One model per index: a store refuses vectors of another one.",
      [
        Variant("minilm", MiniLMSettings.self, EmbedSettings.minilm),
        Variant("none", SuppliedVectorsSettings.self, EmbedSettings.supplied),
        Variant("hashing", HashingSettings.self, EmbedSettings.hashing),
      ])
  }
}

/// The in-process encoder for MiniLM artifacts.
public struct MiniLMSettings: Sendable, Hashable {
  /// How numbers are held in matrix products.
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// `bfloat16` where the processor multiplies it, otherwise `float32`.
    case automatic
    /// 32 bits.
    case float32
    /// 16 bits with the range of 32.
    case bfloat16
  }

  /// The model artifact's folder.
  public var model = ""
  /// How numbers are held.
  public var precision = Precision.automatic
  /// Threads that encode; `nil` is one per core.
  public var threads: Int?
  /// Texts encoded together at most.
  public var batchSizeMax = 32
}

extension MiniLMSettings: TopologySection {
  static var section: SectionSpec<MiniLMSettings> {
    SectionSpec(
      about: "The in-process encoder: a MiniLM artifact with weights, tokenizer and configuration in one folder.",
      [
        .required("model", \.model, .path, "The model artifact's folder."),
        .defaulted(
          "precision", \.precision, .choice(),
          "How numbers are held in matrix products. `automatic` takes `bfloat16` where the processor multiplies it."),
        .optional("threads", \.threads, .integer(1...1024), absent: "one per core", "Threads that encode."),
        .defaulted(
          "batchSizeMax", \.batchSizeMax, .integer(1...1024, unit: "texts"),
          "Texts encoded together at most. A batch takes what waits; it never waits to fill."),
      ])
  }
}

/// Vectors come with the events.
public struct SuppliedVectorsSettings: Sendable, Hashable {
  /// The model that made them.
  public var model = DeclaredModelSettings()
}

extension SuppliedVectorsSettings: TopologySection {
  static var section: SectionSpec<SuppliedVectorsSettings> {
    SectionSpec(
      about: "Every event brings its vector; texts cannot be searched for, vectors and items can.",
      [.section("model", \.model)])
  }
}

/// A model that is known by name only.
public struct DeclaredModelSettings: Sendable, Hashable {
  /// Its name.
  public var name = ""
  /// Components of its vectors.
  public var dimension = 0
}

extension DeclaredModelSettings: TopologySection {
  static var section: SectionSpec<DeclaredModelSettings> {
    SectionSpec(
      about: "The model that made the events' vectors.",
      [
        .required("name", \.name, .text, "The model's name, as events and requests give it beside a vector."),
        .required("dimension", \.dimension, .integer(1...16_384, unit: "components"), "Components of its vectors."),
      ])
  }
}

/// A deterministic stand-in for a model.
public struct HashingSettings: Sendable, Hashable {
  /// Components of its vectors.
  public var dimension = 64
}

extension HashingSettings: TopologySection {
  static var section: SectionSpec<HashingSettings> {
    SectionSpec(
      about: "Vectors from hashed words. For tests only: likeness of meaning is not kept.",
      [
        .defaulted("dimension", \.dimension, .integer(8...4096, unit: "components"), "Components of its vectors.")
      ])
  }
}
