// Owns one walk over a file's nodes along the declared fields. Invariant: every problem is reported with a place, and
// the walk goes on, so that one run tells all of them.

import IndexModel
import Yams

/// The state of reading one file.
struct Reading {
  let file: String
  let environment: [String: String]
  private(set) var problems: [TopologyError.Problem] = []
  /// Where each field stands that the file gives, for checks that come after reading.
  private var places: [String: Place] = [:]

  init(file: String, environment: [String: String]) {
    self.file = file
    self.environment = environment
  }

  /// Notes a problem. Beyond a hundred, nobody reads on.
  mutating func report(_ message: String, at place: Place, suggestion: String? = nil) {
    guard problems.count < 100 else { return }
    problems.append(
      TopologyError.Problem(
        file: file, line: place.line, column: place.column, field: place.path, message: message,
        suggestion: suggestion))
  }

  /// Where `path` stands, or the nearest block around it that the file gives.
  func place(of path: String) -> Place {
    var path = path
    while places[path] == nil, let dot = path.lastIndex(of: ".") { path = String(path[..<dot]) }
    return places[path] ?? .start
  }

  // MARK: Blocks

  /// Reads a block's fields into `owner`; an absent block is read as an empty one.
  mutating func read<Owner>(
    _ spec: SectionSpec<Owner>, from entry: Entry?, at place: Place, into owner: inout Owner
  ) {
    guard let values = block(entry, at: place, keys: spec.fields.map(\.key)) else { return }
    for field in spec.fields {
      field.read(&owner, values[field.key], entry?.place ?? place, &self)
    }
  }

  /// Reads a choice: its `kind`, then the block of that kind.
  mutating func read<Choice>(_ spec: VariantSpec<Choice>, from entry: Entry?, at place: Place) -> Choice? {
    let kinds = spec.variants.map(\.kind)
    guard let values = block(entry, at: place, keys: ["kind"] + kinds) else { return nil }
    let place = entry?.place ?? place
    guard let kindEntry = values["kind"] else {
      report("`\(joined(place.path, "kind"))` is missing; it must be \(kinds.joined(separator: ", "))", at: place)
      return nil
    }
    guard let kind = spec.kindValue.read(kindEntry, &self),
      let variant = spec.variants.first(where: { $0.kind == kind })
    else { return nil }
    for other in kinds where other != kind {
      guard let unused = values[other] else { continue }
      report("`\(unused.place.path)` is not used, because `kind` is \(kind); remove one of them", at: unused.place)
    }
    return variant.read(values[kind], place.child(kind), &self)
  }

  /// The values of a block by key. Unknown keys are reported. `nil` where the value is no block.
  private mutating func block(_ entry: Entry?, at place: Place, keys: [String]) -> [String: Entry]? {
    guard let entry else { return [:] }
    guard let values = mapping(entry) else { return nil }
    var known: [String: Entry] = [:]
    for (key, value) in values {
      if keys.contains(key) {
        known[key] = value
      } else {
        let owner = entry.place.path.isEmpty ? "a topology" : "`\(entry.place.path)`"
        report(
          "\(owner) has no field \(quoted(key)); it has \(keys.joined(separator: ", "))", at: value.place,
          suggestion: Suggestion.nearest(to: key, among: keys))
      }
    }
    return known
  }

  // MARK: Nodes

  /// The entries of a mapping, in order. `nil`, and reported, where the value is none.
  mutating func mapping(_ entry: Entry) -> [(key: String, value: Entry)]? {
    guard case .mapping(let mapping) = entry.node else {
      report(
        entry.place.path.isEmpty
          ? "a topology must be a block of `key: value` lines"
          : "`\(entry.place.path)` must be a block of `key: value` lines, not \(described(entry.node))", at: entry.place
      )
      return nil
    }
    var entries: [(String, Entry)] = []
    for (keyNode, valueNode) in mapping {
      let keyPlace = Entry(keyNode, path: entry.place.path, fallback: entry.place).place
      guard case .scalar(let key) = keyNode else {
        report("a key must be text, not \(described(keyNode))", at: keyPlace)
        continue
      }
      let path = joined(entry.place.path, key.string)
      places[path] = Place(path: path, line: keyPlace.line, column: keyPlace.column)
      entries.append((key.string, Entry(valueNode, path: path, fallback: keyPlace)))
    }
    return entries
  }

  /// The entries of a list. `nil`, and reported, where the value is none or has too many or too few.
  mutating func list(_ entry: Entry, count: ClosedRange<Int>) -> [Entry]? {
    let path = entry.place.path
    guard case .sequence(let sequence) = entry.node else {
      report("`\(path)` must be a list, not \(described(entry.node))", at: entry.place)
      return nil
    }
    guard count.contains(sequence.count) else {
      report(
        "`\(path)` must have \(count.lowerBound) to \(count.upperBound) entries, not \(sequence.count)", at: entry.place
      )
      return nil
    }
    return sequence.enumerated().map { index, node in
      let element = Entry(node, path: "\(path)[\(index)]", fallback: entry.place)
      places[element.place.path] = element.place
      return element
    }
  }

  /// The resolved scalar. `nil`, and reported, where the value is a block, a list or nothing, or where a reference
  /// cannot be resolved.
  mutating func scalar(_ entry: Entry, expecting type: String) -> Scalar? {
    let path = entry.place.path
    guard case .scalar(let node) = entry.node else {
      report("`\(path)` must be one value (\(type)), not \(described(entry.node))", at: entry.place)
      return nil
    }
    let isQuoted = node.style != .plain
    if !isQuoted, ["", "~", "null"].contains(node.string) {
      report("`\(path)` has no value; give one, or remove the key", at: entry.place)
      return nil
    }
    do throws(Refusal) {
      let resolved = try EnvironmentReferences(resolving: node.string, environment: environment)
      return Scalar(
        text: resolved.text, written: node.string, hasReference: resolved.hasReference,
        isWholeReference: resolved.isWholeReference, isQuoted: isQuoted)
    } catch {
      report("`\(path)` \(error.reason)", at: entry.place)
      return nil
    }
  }

  private func described(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : quoted(scalar.string)
    case .mapping: "a block"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
