// Owns the memory of which members of one object were read, so that none is read twice.

/// The members of an object that the scanner has passed.
struct SeenMembers {
  private var places: UInt64 = 0
  private var ignored: [Range<Int>] = []

  /// Notes the known member at `place` of its table; returns whether it is new. Past 64 members nothing is plain.
  mutating func insert(_ place: Int) -> Bool {
    guard place < 64, places & 1 << UInt64(place) == 0 else { return false }
    places |= 1 << UInt64(place)
    return true
  }

  /// Notes the member named at `name` and steps over its value, inside `depth` objects; returns whether the name is new
  /// and the value is JSON. Past 64 such members nothing is plain.
  mutating func ignore(_ name: Range<Int>, _ cursor: inout JSONCursor, depth: Int) -> Bool {
    let bytes = cursor.bytes[name]
    guard ignored.count < 64, !ignored.contains(where: { cursor.bytes[$0].elementsEqual(bytes) }) else { return false }
    ignored.append(name)
    return (try? JSONParser.value(at: &cursor, depth: depth)) != nil
  }
}
