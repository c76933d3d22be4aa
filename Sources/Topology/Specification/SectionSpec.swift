// Owns what a block of keys is: a value type with defaults, and the one list that names, bounds and describes its
// fields. Reading, checking and the reference all walk this list.

/// A block of keys with a Swift value.
protocol TopologySection: Sendable {
  /// All fields at their defaults; required ones hold a placeholder.
  init()
  /// The block's fields.
  static var section: SectionSpec<Self> { get }
}

/// The fields of a block, in the order of the reference.
struct SectionSpec<Owner> {
  /// What the block is for.
  let about: String
  let fields: [Field<Owner>]

  init(about: String, _ fields: [Field<Owner>]) {
    self.about = about
    self.fields = fields
  }
}

/// One key of a block: how it is described, and how it is read into its owner.
struct Field<Owner> {
  let key: String
  /// The field's own description and those of the fields below it; the argument is the owner's path.
  let describe: (_ parent: String) -> [TopologyField]
  /// Reads the key's value (`nil`: the key is absent) into the owner; problems are reported to the reading.
  let read: (_ owner: inout Owner, _ value: Entry?, _ place: Place, _ reading: inout Reading) -> Void
}

/// A key's path joined to its owner's.
func joined(_ parent: String, _ key: String) -> String {
  parent.isEmpty ? key : "\(parent).\(key)"
}
