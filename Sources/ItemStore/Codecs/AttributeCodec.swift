// Owns attributes in stored items. Invariant: attributes are written in the order of their names, so that equal
// attributes are equal bytes.

import IndexModel

/// count u32, then by name: name, kind u8, value.
enum AttributeCodec {
  private enum Kind: UInt8 {
    case string = 1
    case integer = 2
    case number = 3
    case boolean = 4
    case strings = 5
  }

  static func encode(_ attributes: Attributes, into encoder: inout RecordEncoder) {
    encoder.append(UInt32(attributes.count))
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      encoder.append(name)
      encode(value, into: &encoder)
    }
  }

  static func decode(_ value: RawSpan, _ decoder: inout RecordDecoder) throws -> Attributes {
    let count: UInt32 = try decoder.integer(value, "number of attributes")
    var attributes: Attributes = [:]
    for _ in 0..<count {
      let name = try decoder.text(value, "attribute's name")
      attributes[name] = try decodeValue(value, &decoder)
    }
    return attributes
  }

  private static func encode(_ value: AttributeValue, into encoder: inout RecordEncoder) {
    switch value {
    case .string(let text):
      encoder.append(Kind.string.rawValue)
      encoder.append(text)
    case .integer(let integer):
      encoder.append(Kind.integer.rawValue)
      encoder.append(integer)
    case .number(let number):
      encoder.append(Kind.number.rawValue)
      encoder.append(number.bitPattern)
    case .boolean(let boolean):
      encoder.append(Kind.boolean.rawValue)
      encoder.append(UInt8(boolean ? 1 : 0))
    case .strings(let texts):
      encoder.append(Kind.strings.rawValue)
      encoder.append(UInt32(texts.count))
      for text in texts { encoder.append(text) }
    }
  }

  private static func decodeValue(_ value: RawSpan, _ decoder: inout RecordDecoder) throws -> AttributeValue {
    let mark: UInt8 = try decoder.integer(value, "attribute's kind")
    switch Kind(rawValue: mark) {
    case .string: return .string(try decoder.text(value, "attribute"))
    case .integer: return .integer(try decoder.integer(value, "attribute"))
    case .number: return .number(Double(bitPattern: try decoder.integer(value, "attribute")))
    case .boolean: return .boolean(try decoder.integer(value, "attribute", as: UInt8.self) != 0)
    case .strings:
      let count: UInt32 = try decoder.integer(value, "number of texts")
      var texts: [String] = []
      for _ in 0..<count { texts.append(try decoder.text(value, "attribute")) }
      return .strings(texts)
    case nil: throw RecordFailure("an attribute has the unknown kind \(mark)")
    }
  }
}
