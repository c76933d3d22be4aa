// Owns the full decoding path: a JSON tree to an event's fields, whatever the mapping. Invariant: every refusal names
// the field by its path.

import IndexModel
import TierEngine

/// Reads the mapped members out of any JSON object.
struct EventTreeReader {
  let mapping: EventMapping

  /// The fields of the event that `bytes` hold.
  func read(_ bytes: [UInt8]) throws(DecodingFailure) -> EventFields {
    let root = try object(bytes)
    var fields = EventFields()
    fields.operation = try operation(root)
    fields.id = try id(root, bytes)
    fields.version = try version(root, bytes)
    guard fields.operation == .upsert else { return fields }
    fields.texts = try texts(root)
    fields.attributes = try attributes(root, bytes)
    fields.vector = try vector(root, bytes)
    if fields.vector != nil { fields.model = try model(root) }
    return fields
  }

  private func object(_ bytes: [UInt8]) throws(DecodingFailure) -> JSONObject {
    let value: JSONValue
    do {
      value = try JSONParser.parse(bytes)
    } catch {
      throw error.fault.because("byte \(error.offset): \(error.message)")
    }
    guard case .object(let root) = value else {
      throw DecodingFault.notAnObject.because("the value is \(value.kind); an event is an object")
    }
    return root
  }

  /// The value at `path`, or `nil` where it or one of the objects on the way is absent or `null`.
  func value(_ path: String, in root: JSONObject) throws(DecodingFailure) -> JSONValue? {
    var object = root
    let names = path.split(separator: ".", omittingEmptySubsequences: false)
    for (place, name) in names.enumerated() {
      guard let value = object[String(name)] else { return nil }
      if place == names.count - 1 { return value }
      guard case .object(let next) = value else {
        let here = names[...place].joined(separator: ".")
        throw DecodingFault.notAnObject.because("`\(here)` is \(value.kind); `\(path)` needs an object there")
      }
      object = next
    }
    return nil
  }

  private func operation(_ root: JSONObject) throws(DecodingFailure) -> EventFields.Operation {
    guard let value = try value(mapping.opField, in: root) else { return .upsert }
    if case .string(let name) = value, let operation = EventFields.Operation(rawValue: name) { return operation }
    let found = if case .string(let name) = value { "'\(name.prefix(40))'" } else { value.kind }
    throw DecodingFault.unknownOperation.because(
      "`\(mapping.opField)` is \(found); write \"upsert\" or \"delete\", or leave it out for upsert")
  }

  private func id(_ root: JSONObject, _ bytes: [UInt8]) throws(DecodingFailure) -> String? {
    switch try value(mapping.idField, in: root) {
    case nil: return nil
    case .string(let id): return id
    case .number(let number) where number.isInteger: return number.text(in: bytes)
    case .some(let value):
      throw DecodingFault.badID.because(
        "`\(mapping.idField)` is \(value.kind) that is no integer; write a string or an integer")
    }
  }

  private func version(_ root: JSONObject, _ bytes: [UInt8]) throws(DecodingFailure) -> UInt64? {
    guard mapping.versionDomain == .field, let path = mapping.versionField,
      let value = try value(path, in: root)
    else { return nil }
    if case .number(let number) = value, let version = number.uint64(in: bytes) { return version }
    let found = if case .number(let number) = value { String(number.text(in: bytes).prefix(40)) } else { value.kind }
    throw DecodingFault.badVersion.because(
      "`\(path)` is \(found); write an integer from 0 to \(UInt64.max) without fraction, exponent or quotes")
  }

  private func texts(_ root: JSONObject) throws(DecodingFailure) -> [String] {
    var texts: [String] = []
    for path in mapping.contentFields {
      switch try value(path, in: root) {
      case nil: continue
      case .string(let text): texts.append(text)
      case .array(let elements):
        for element in elements {
          guard case .string(let text) = element else { throw badContent(path, "an array with \(element.kind)") }
          texts.append(text)
        }
      case .some(let value): throw badContent(path, value.kind)
      }
    }
    return texts
  }

  private func badContent(_ path: String, _ found: String) -> DecodingFailure {
    DecodingFault.badContent.because("`\(path)` is \(found); write a string or an array of strings")
  }

  private func vector(_ root: JSONObject, _ bytes: [UInt8]) throws(DecodingFailure) -> [Float]? {
    guard let value = try value(mapping.vectorField, in: root) else { return nil }
    guard case .array(let elements) = value else {
      throw DecodingFault.badVector.because("`\(mapping.vectorField)` is \(value.kind); write an array of numbers")
    }
    var vector: [Float] = []
    vector.reserveCapacity(elements.count)
    for (place, element) in elements.enumerated() {
      guard case .number(let number) = element else {
        throw DecodingFault.badVector.because(
          "`\(mapping.vectorField)` holds \(element.kind) at \(place); write an array of numbers")
      }
      guard let component = number.float(in: bytes) else {
        throw DecodingFault.notFinite.because(
          "`\(mapping.vectorField)` holds \(number.text(in: bytes).prefix(40)) at \(place), which is past the range of "
            + "a 32-bit float")
      }
      vector.append(component)
    }
    return vector
  }

  private func model(_ root: JSONObject) throws(DecodingFailure) -> String? {
    switch try value(mapping.modelField, in: root) {
    case nil: return nil
    case .string(let name): return name
    case .some(let value):
      throw DecodingFault.wrongModel.because("`\(mapping.modelField)` is \(value.kind); write the model's name")
    }
  }
}
