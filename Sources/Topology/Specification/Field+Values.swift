// Owns the fields that hold one value: with a default, optional, or required.

extension Field {
  /// A field whose default is the owner's own.
  static func defaulted<Value>(
    _ key: String, _ property: WritableKeyPath<Owner, Value>, _ kind: ValueKind<Value>, _ description: String
  ) -> Field where Owner: TopologySection {
    Field(
      key: key,
      describe: { parent in
        [
          kind.field(
            path: joined(parent, key), defaultValue: kind.show(Owner()[keyPath: property]), isRequired: false,
            description)
        ]
      },
      read: { owner, value, _, reading in
        guard let value, let read = kind.read(value, &reading) else { return }
        owner[keyPath: property] = read
      })
  }

  /// A field that may be absent; `absent` tells what holds then.
  static func optional<Value>(
    _ key: String, _ property: WritableKeyPath<Owner, Value?>, _ kind: ValueKind<Value>, absent: String,
    _ description: String
  ) -> Field {
    Field(
      key: key,
      describe: { parent in
        [kind.field(path: joined(parent, key), defaultValue: absent, isRequired: false, description)]
      },
      read: { owner, value, _, reading in
        guard let value, let read = kind.read(value, &reading) else { return }
        owner[keyPath: property] = read
      })
  }

  /// A field that the file must give.
  static func required<Value>(
    _ key: String, _ property: WritableKeyPath<Owner, Value>, _ kind: ValueKind<Value>, _ description: String
  ) -> Field {
    Field(
      key: key,
      describe: { parent in
        [kind.field(path: joined(parent, key), defaultValue: nil, isRequired: true, description)]
      },
      read: { owner, value, place, reading in
        guard let value else {
          reading.report("`\(joined(place.path, key))` is missing; it must be given", at: place)
          return
        }
        if let read = kind.read(value, &reading) { owner[keyPath: property] = read }
      })
  }
}
