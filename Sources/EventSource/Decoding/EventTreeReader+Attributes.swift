// Owns the reading of attributes from a JSON tree. Invariant: integers stay exact; what no filter could use is refused,
// never dropped.

import IndexModel
import TierEngine

extension EventTreeReader {
  /// The attributes; members of nested objects get dotted names (`size.width`), `null` ones are absent.
  func attributes(_ root: JSONObject, _ bytes: [UInt8]) throws(DecodingFailure) -> Attributes {
    guard let value = try value(mapping.attributesField, in: root) else { return [:] }
    guard case .object(let object) = value else {
      throw DecodingFault.badAttribute.because("`\(mapping.attributesField)` is \(value.kind); write an object")
    }
    var attributes: Attributes = [:]
    try add(object, prefix: "", to: &attributes, bytes)
    return attributes
  }

  private func add(
    _ object: JSONObject, prefix: String, to attributes: inout Attributes, _ bytes: [UInt8]
  ) throws(DecodingFailure) {
    for member in object.members {
      let name = prefix + member.name
      switch member.value {
      case .null: continue
      case .object(let inner): try add(inner, prefix: name + ".", to: &attributes, bytes)
      default:
        guard attributes.updateValue(try attribute(member.value, name, bytes), forKey: name) == nil else {
          throw DecodingFault.duplicateKey.because(
            "`\(mapping.attributesField)` sets `\(name)` twice: by a dotted name and by a nested object")
        }
      }
    }
  }

  private func attribute(
    _ value: JSONValue, _ name: String, _ bytes: [UInt8]
  ) throws(DecodingFailure) -> AttributeValue {
    switch value {
    case .string(let text): return .string(text)
    case .boolean(let flag): return .boolean(flag)
    case .number(let number):
      if number.isInteger, let integer = number.int64 { return .integer(integer) }
      if !number.isInteger, let double = number.double(in: bytes) { return .number(double) }
      throw refused(name, "is \(number.text(in: bytes).prefix(40)), out of range; write a 64-bit integer or a string")
    case .array(let elements):
      var texts: [String] = []
      texts.reserveCapacity(elements.count)
      for element in elements {
        guard case .string(let text) = element else {
          throw refused(name, "is an array with \(element.kind); write an array of strings")
        }
        texts.append(text)
      }
      return .strings(texts)
    case .null, .object:
      throw refused(name, "is \(value.kind)")
    }
  }

  private func refused(_ name: String, _ reason: String) -> DecodingFailure {
    DecodingFault.badAttribute.because("`\(mapping.attributesField).\(name)` \(reason)")
  }
}
