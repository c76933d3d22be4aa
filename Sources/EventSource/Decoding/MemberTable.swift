// Owns the recognition of member names by their bytes. Invariant: a name is found only if every byte agrees.

/// A few names, each with what it stands for.
struct MemberTable<Role: Sendable>: Sendable {
  private struct Entry: Sendable {
    let head: UInt64
    let name: [UInt8]
    let role: Role
  }

  private var entries: [Entry] = []

  /// Adds a name; returns `false`, and adds nothing, where it is there already.
  mutating func add(_ name: String, _ role: Role) -> Bool {
    let bytes = Array(name.utf8)
    guard !entries.contains(where: { $0.name == bytes }) else { return false }
    entries.append(Entry(head: Self.head(bytes, 0..<bytes.count), name: bytes, role: role))
    return true
  }

  /// The place and the role of the name that stands at `range`.
  @inline(__always)
  func find(_ bytes: [UInt8], _ range: Range<Int>) -> (place: Int, role: Role)? {
    let head = Self.head(bytes, range)
    for place in entries.indices where entries[place].head == head {
      if range.count <= 7 || entries[place].name.elementsEqual(bytes[range]) { return (place, entries[place].role) }
    }
    return nil
  }

  /// The length, capped at 255, and the first seven bytes: unique for names that have no more.
  @inline(__always)
  private static func head(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var head = UInt64(min(range.count, 255))
    for index in range.prefix(7) { head = head << 8 | UInt64(bytes[index]) }
    return head
  }
}
