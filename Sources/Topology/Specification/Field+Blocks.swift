// Owns the fields that hold further fields: one block, a list of blocks, or one of several kinds of block.

extension Field {
  /// A block. An absent one is read as an empty one, so that what it requires is missed.
  static func section<Section: TopologySection>(
    _ key: String, _ property: WritableKeyPath<Owner, Section>
  ) -> Field {
    let spec = Section.section
    return Field(
      key: key,
      describe: { parent in
        let path = joined(parent, key)
        return [.describingBlock(path, spec.about)] + spec.fields.flatMap { $0.describe(path) }
      },
      read: { owner, value, place, reading in
        reading.read(spec, from: value, at: place.child(key), into: &owner[keyPath: property])
      })
  }

  /// A list of blocks, empty where absent.
  static func sections<Section: TopologySection>(
    _ key: String, _ property: WritableKeyPath<Owner, [Section]>, countMax: Int, _ description: String
  ) -> Field {
    let spec = Section.section
    return Field(
      key: key,
      describe: { parent in
        let path = joined(parent, key)
        return [
          TopologyField(
            path: path, type: TopologyField.blocks, defaultValue: "`[]`", isRequired: false,
            allowed: "at most \(countMax)", isSecret: false, description: description)
        ] + spec.fields.flatMap { $0.describe(path + "[]") }
      },
      read: { owner, value, _, reading in
        guard let value, let entries = reading.list(value, count: 0...countMax) else { return }
        owner[keyPath: property] = entries.map { entry in
          var section = Section()
          reading.read(spec, from: entry, at: entry.place, into: &section)
          return section
        }
      })
  }

  /// One of several kinds of block, chosen by the key `kind`.
  static func variant<Choice: TopologyVariant>(_ key: String, _ property: WritableKeyPath<Owner, Choice>) -> Field {
    let spec = Choice.variants
    return Field(
      key: key,
      describe: { parent in
        let path = joined(parent, key)
        return [.describingBlock(path, spec.about), spec.kindField(path)]
          + spec.variants.flatMap { $0.describe(path) }
      },
      read: { owner, value, place, reading in
        if let read = reading.read(spec, from: value, at: place.child(key)) { owner[keyPath: property] = read }
      })
  }
}

extension TopologyField {
  static func describingBlock(_ path: String, _ about: String) -> TopologyField {
    TopologyField(path: path, type: block, isRequired: false, isSecret: false, description: about)
  }
}
