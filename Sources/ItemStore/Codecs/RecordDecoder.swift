// Owns the reading of values. Invariant: nothing outside the value is read, and what is wrong names its field.

/// A place in a value that was verified by its checksum. The value itself is passed to every call, because a span may
/// not be stored.
struct RecordDecoder {
  private var offset = RecordChecksum.byteCount

  /// The next integer.
  mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ value: RawSpan, _ field: StaticString, as _: Integer.Type = Integer.self
  ) throws -> Integer {
    let range = try take(MemoryLayout<Integer>.size, value, field)
    return Integer(littleEndian: value.load(Integer.self, at: range.lowerBound))
  }

  /// The next text, behind its length.
  mutating func text(_ value: RawSpan, _ field: StaticString) throws -> String {
    let byteCount = Int(try integer(value, field, as: UInt32.self))
    return try utf8(value.extracting(take(byteCount, value, field)), field)
  }

  /// The rest of the value as text.
  mutating func restText(_ value: RawSpan, _ field: StaticString) throws -> String {
    try utf8(value.extracting(take(value.byteCount - offset, value, field)), field)
  }

  /// The rest of the value.
  mutating func rest(_ value: RawSpan, _ field: StaticString) throws -> [UInt8] {
    try value.extracting(take(value.byteCount - offset, value, field)).array
  }

  /// The next bytes that may be absent.
  mutating func optionalBytes(_ value: RawSpan, _ field: StaticString) throws -> [UInt8]? {
    switch try integer(value, field, as: UInt8.self) {
    case 0: return nil
    case 1:
      let byteCount = Int(try integer(value, field, as: UInt32.self))
      return try value.extracting(take(byteCount, value, field)).array
    case let mark: throw RecordFailure("\(field) is marked \(mark), neither absent nor present")
    }
  }

  /// Throws where bytes are left.
  func finish(_ value: RawSpan) throws {
    guard offset == value.byteCount else {
      throw RecordFailure("\(value.byteCount - offset) bytes are left after the last field")
    }
  }

  private mutating func take(_ byteCount: Int, _ value: RawSpan, _ field: StaticString) throws -> Range<Int> {
    guard byteCount >= 0, byteCount <= value.byteCount - offset else {
      throw RecordFailure("\(field) needs \(byteCount) bytes, \(value.byteCount - offset) are left")
    }
    defer { offset += byteCount }
    return offset..<(offset + byteCount)
  }

  private func utf8(_ bytes: RawSpan, _ field: StaticString) throws -> String {
    guard let text = bytes.text else { throw RecordFailure("\(field) is not UTF-8") }
    return text
  }
}
