// Owns blocks of which there are several kinds. Invariant: the key `kind` names one, and only that one's block stands
// beside it.

/// A choice between kinds of block.
protocol TopologyVariant: Sendable {
  /// Stands until the file's choice is read.
  static var placeholder: Self { get }
  /// The kinds.
  static var variants: VariantSpec<Self> { get }
}

/// The kinds of a choice.
struct VariantSpec<Choice> {
  /// What the choice is about.
  let about: String
  let variants: [Variant<Choice>]

  init(about: String, _ variants: [Variant<Choice>]) {
    self.about = about
    self.variants = variants
  }

  /// The key `kind` in the reference.
  func kindField(_ parent: String) -> TopologyField {
    kindValue.field(
      path: joined(parent, "kind"), defaultValue: nil, isRequired: true,
      "Which kind it is; the block of that name holds its settings.")
  }

  /// How the key `kind` is read.
  var kindValue: ValueKind<String> { .oneOf(variants.map(\.kind)) }
}

/// One kind of a choice.
struct Variant<Choice> {
  let kind: String
  /// The block's descriptions; the argument is the choice's path.
  let describe: (_ parent: String) -> [TopologyField]
  /// Reads the kind's block.
  let read: (_ value: Entry?, _ place: Place, _ reading: inout Reading) -> Choice

  init<Section: TopologySection>(_ kind: String, _ section: Section.Type, _ wrap: @escaping (Section) -> Choice) {
    self.kind = kind
    let spec = Section.section
    describe = { parent in
      let path = joined(parent, kind)
      return [.describingBlock(path, spec.about)] + spec.fields.flatMap { $0.describe(path) }
    }
    read = { value, place, reading in
      var settings = Section()
      reading.read(spec, from: value, at: place, into: &settings)
      return wrap(settings)
    }
  }
}
