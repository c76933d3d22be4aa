// Owns lists of values.

extension ValueKind {
  /// A list of `kind`, of so many.
  static func list<Element>(of kind: ValueKind<Element>, count: ClosedRange<Int>) -> ValueKind
  where Value == [Element] {
    ValueKind(
      type: "list of \(kind.type)", unit: kind.unit,
      allowed: "\(count.lowerBound) to \(count.upperBound)",
      read: { entry, reading in
        guard let entries = reading.list(entry, count: count) else { return nil }
        let read = entries.compactMap { kind.read($0, &reading) }
        // A short list would be another setting than the one in the file; the problem is already reported.
        return read.count == entries.count ? read : nil
      },
      show: { elements in elements.isEmpty ? "`[]`" : elements.map(kind.show).joined(separator: ", ") })
  }
}
