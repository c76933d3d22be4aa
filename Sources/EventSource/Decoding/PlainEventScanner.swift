// Owns the fast decoding path: one pass over an event of the plain shape, without a tree. Invariant: it gives the
// fields that the full parser would give, or none at all; it reports no errors.

import IndexModel
import TierEngine

/// Scans events whose mapped members stand at the top level, content fields at most one object deeper.
struct PlainEventScanner {
  /// What a member of the event's object stands for.
  private enum Role: Sendable {
    case id
    case operation
    case version
    case attributes
    case vector
    case model
    /// One content field.
    case content(slot: Int)
    /// The object that holds content fields.
    case contents(table: Int)
  }

  private var members = MemberTable<Role>()
  private var contents: [MemberTable<Int>] = []
  private let slotCount: Int
  private let dimension: Int

  /// Prepares a scanner, or returns `nil` where the mapping reaches deeper or names a member twice.
  init?(mapping: EventMapping) {
    slotCount = mapping.contentFields.count
    dimension = mapping.model.dimension
    var roles: [(String, Role)] = [
      (mapping.idField, .id), (mapping.opField, .operation), (mapping.attributesField, .attributes),
      (mapping.vectorField, .vector), (mapping.modelField, .model),
    ]
    if mapping.versionDomain == .field, let versionField = mapping.versionField {
      roles.append((versionField, .version))
    }
    var objects: [String] = []
    for (slot, path) in mapping.contentFields.enumerated() {
      let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      switch names.count {
      case 1: roles.append((path, .content(slot: slot)))
      case 2:
        if !objects.contains(names[0]) {
          roles.append((names[0], .contents(table: objects.count)))
          objects.append(names[0])
          contents.append(MemberTable())
        }
        guard let table = objects.firstIndex(of: names[0]), contents[table].add(names[1], slot) else { return nil }
      default: return nil
      }
    }
    for (name, role) in roles {
      let isOneStep = !name.contains(".")
      guard isOneStep, members.add(name, role) else { return nil }
    }
  }

  /// The fields of the event that `bytes` hold, or `nil` where the full parser has to look.
  func scan(_ bytes: [UInt8]) -> EventFields? {
    var cursor = JSONCursor(bytes)
    var fields = EventFields()
    var texts = [String?](repeating: nil, count: slotCount)
    var seen = SeenMembers()
    cursor.skipWhitespace()
    let isPlain = scanMembers(&cursor) { cursor, name in
      guard let (place, role) = members.find(cursor.bytes, name) else { return seen.ignore(name, &cursor, depth: 1) }
      guard seen.insert(place) else { return false }
      if cursor.byte == UInt8(ascii: "n") { return takeNull(&cursor) }
      return scanValue(role, &cursor, &fields, &texts)
    }
    cursor.skipWhitespace()
    guard isPlain, cursor.index == bytes.count else { return nil }
    for text in texts { if let text { fields.texts.append(text) } }
    return fields
  }

  @inline(__always)
  private func scanValue(
    _ role: Role, _ cursor: inout JSONCursor, _ fields: inout EventFields, _ texts: inout [String?]
  ) -> Bool {
    switch role {
    case .id:
      fields.id = try? cursor.string()
      return fields.id != nil
    case .operation:
      guard let name = try? cursor.string(), let operation = EventFields.Operation(rawValue: name) else { return false }
      fields.operation = operation
      return true
    case .version:
      fields.version = (try? cursor.number())?.uint64(in: cursor.bytes)
      return fields.version != nil
    case .model:
      fields.model = try? cursor.string()
      return fields.model != nil
    case .content(let slot):
      texts[slot] = try? cursor.string()
      return texts[slot] != nil
    case .contents(let table): return scanContents(contents[table], &cursor, &texts)
    case .attributes: return scanAttributes(&cursor, &fields.attributes)
    case .vector: return scanVector(&cursor, &fields.vector)
    }
  }

  private func scanContents(_ table: MemberTable<Int>, _ cursor: inout JSONCursor, _ texts: inout [String?]) -> Bool {
    var seen = SeenMembers()
    return scanMembers(&cursor) { cursor, name in
      guard let (place, slot) = table.find(cursor.bytes, name) else { return seen.ignore(name, &cursor, depth: 2) }
      guard seen.insert(place) else { return false }
      if cursor.byte == UInt8(ascii: "n") { return takeNull(&cursor) }
      texts[slot] = try? cursor.string()
      return texts[slot] != nil
    }
  }

  private func scanAttributes(_ cursor: inout JSONCursor, _ attributes: inout Attributes) -> Bool {
    var nulls = SeenMembers()
    attributes.reserveCapacity(8)
    return scanMembers(&cursor) { cursor, name in
      let key = String(decoding: cursor.bytes[name], as: UTF8.self)
      if cursor.byte == UInt8(ascii: "n") { return nulls.ignore(name, &cursor, depth: 2) }
      guard let value = scanAttribute(&cursor) else { return false }
      return attributes.updateValue(value, forKey: key) == nil
    }
  }

  @inline(__always)
  private func scanAttribute(_ cursor: inout JSONCursor) -> AttributeValue? {
    switch cursor.byte {
    case UInt8(ascii: "\""): return (try? cursor.string()).map { .string($0) }
    case UInt8(ascii: "t"): return (try? cursor.takeLiteral("true")).map { .boolean(true) }
    case UInt8(ascii: "f"): return (try? cursor.takeLiteral("false")).map { .boolean(false) }
    case UInt8(ascii: "["): return scanTexts(&cursor).map { .strings($0) }
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      guard let number = try? cursor.number() else { return nil }
      return number.isInteger
        ? number.int64.map { .integer($0) } : number.double(in: cursor.bytes).map { .number($0) }
    default: return nil
    }
  }

  private func scanTexts(_ cursor: inout JSONCursor) -> [String]? {
    var texts: [String] = []
    let isPlain = scanElements(&cursor) { cursor in
      guard let text = try? cursor.string() else { return false }
      texts.append(text)
      return true
    }
    return isPlain ? texts : nil
  }

  private func scanVector(_ cursor: inout JSONCursor, _ vector: inout [Float]?) -> Bool {
    var values: [Float] = []
    values.reserveCapacity(dimension)
    let isPlain = scanElements(&cursor) { cursor in
      guard let value = (try? cursor.number())?.float(in: cursor.bytes) else { return false }
      values.append(value)
      return true
    }
    vector = values
    return isPlain
  }

  // MARK: - Shape

  /// Visits the members of the object at the cursor; `visit` gets the place of each name, reads the value, and returns
  /// whether it is plain.
  @inline(__always)
  private func scanMembers(_ cursor: inout JSONCursor, _ visit: (inout JSONCursor, Range<Int>) -> Bool) -> Bool {
    guard cursor.take(UInt8(ascii: "{")) else { return false }
    cursor.skipWhitespace()
    if cursor.take(UInt8(ascii: "}")) { return true }
    while true {
      cursor.skipWhitespace()
      guard let name = cursor.plainName() else { return false }
      cursor.skipWhitespace()
      guard cursor.take(UInt8(ascii: ":")) else { return false }
      cursor.skipWhitespace()
      guard visit(&cursor, name) else { return false }
      cursor.skipWhitespace()
      if cursor.take(UInt8(ascii: "}")) { return true }
      guard cursor.take(UInt8(ascii: ",")) else { return false }
    }
  }

  /// Visits the elements of the array at the cursor.
  @inline(__always)
  private func scanElements(_ cursor: inout JSONCursor, _ visit: (inout JSONCursor) -> Bool) -> Bool {
    guard cursor.take(UInt8(ascii: "[")) else { return false }
    cursor.skipWhitespace()
    if cursor.take(UInt8(ascii: "]")) { return true }
    while true {
      cursor.skipWhitespace()
      guard visit(&cursor) else { return false }
      cursor.skipWhitespace()
      if cursor.take(UInt8(ascii: "]")) { return true }
      guard cursor.take(UInt8(ascii: ",")) else { return false }
    }
  }

  private func takeNull(_ cursor: inout JSONCursor) -> Bool {
    (try? cursor.takeLiteral("null")) != nil
  }
}
