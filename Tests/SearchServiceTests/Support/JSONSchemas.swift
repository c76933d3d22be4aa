// Owns the comparison of a value with a JSON Schema: the part of the language that docs/openapi.yaml uses. Invariant: a
// keyword that is not understood here is a violation, so that nothing passes unseen.

import Foundation

/// The schemas of one document.
struct JSONSchemas {
  private nonisolated(unsafe) let root: [String: Any]
  private static let silent: Set<String> = ["description", "format", "default", "contentEncoding", "example"]

  init(root: [String: Any]) {
    // SAFETY: the tree is made of values that nothing changes after this.
    unsafe self.root = root
  }

  func violations(of value: Any, in name: String) -> [String] {
    violations(of: value, against: ["$ref": "#/components/schemas/\(name)"], at: name)
  }

  /// The object that `node` is, or that its `$ref` points to.
  func resolved(_ node: Any?) -> [String: Any]? {
    guard let object = node as? [String: Any] else { return nil }
    guard let reference = object["$ref"] as? String else { return object }
    var target: Any? = unsafe root
    for part in reference.split(separator: "/").dropFirst() { target = (target as? [String: Any])?[String(part)] }
    return target as? [String: Any]
  }

  func violations(of value: Any, against schema: Any, at path: String) -> [String] {
    guard let schema = resolved(schema) else { return ["\(path): the schema leads nowhere"] }
    return schema.flatMap { keyword, rule in
      violations(of: value, keyword: keyword, rule: rule, schema: schema, at: path)
    }
  }

  private func violations(
    of value: Any, keyword: String, rule: Any, schema: [String: Any], at path: String
  ) -> [String] {
    let object = value as? [String: Any]
    switch keyword {
    case "type":
      let types = rule as? [String] ?? [rule as? String ?? ""]
      return types.contains { Self.is(value, $0) } ? [] : ["\(path): \(value) is not \(types)"]
    case "required":
      return (rule as? [String] ?? []).filter { object?[$0] == nil }.map { "\(path): '\($0)' is missing" }
    case "properties":
      return (rule as? [String: Any] ?? [:]).flatMap { name, part in
        object?[name].map { violations(of: $0, against: part, at: "\(path).\(name)") } ?? []
      }
    case "additionalProperties":
      let known = (schema["properties"] as? [String: Any] ?? [:]).keys
      let others = (object ?? [:]).filter { !known.contains($0.key) }
      if rule as? Bool == false { return others.keys.map { "\(path): '\($0)' is not promised" } }
      return others.flatMap { violations(of: $0.value, against: rule, at: "\(path).\($0.key)") }
    case "items":
      return (value as? [Any] ?? []).enumerated().flatMap { index, element in
        violations(of: element, against: rule, at: "\(path)[\(index)]")
      }
    case "enum":
      return (rule as? [String] ?? []).contains(value as? String ?? "") ? [] : ["\(path): \(value) is none of \(rule)"]
    case "const":
      return rule as? Bool == value as? Bool ? [] : ["\(path): \(value) is not \(rule)"]
    case "pattern":
      let isMatch = (value as? String)?.range(of: rule as? String ?? "", options: .regularExpression) != nil
      return isMatch ? [] : ["\(path): \(value) does not match \(rule)"]
    case "minimum", "maximum":
      guard let number = (value as? NSNumber)?.doubleValue, let bound = (rule as? NSNumber)?.doubleValue else {
        return ["\(path): \(value) has no \(keyword)"]
      }
      return (keyword == "minimum" ? number >= bound : number <= bound) ? [] : ["\(path): \(value) is out of range"]
    case "oneOf":
      let matches = (rule as? [Any] ?? []).filter { violations(of: value, against: $0, at: path).isEmpty }
      return matches.count == 1 ? [] : ["\(path): matches \(matches.count) of the alternatives"]
    default:
      return Self.silent.contains(keyword) ? [] : ["\(path): the keyword '\(keyword)' is not understood"]
    }
  }

  private static func `is`(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "null": value is NSNull
    case "string": value is String
    case "boolean": (value as? NSNumber).map(isBoolean) ?? false
    case "number": (value as? NSNumber).map { !isBoolean($0) } ?? false
    case "integer": (value as? NSNumber).map { !isBoolean($0) && $0.doubleValue == $0.doubleValue.rounded() } ?? false
    case "array": value is [Any]
    case "object": value is [String: Any]
    default: false
    }
  }

  private static func isBoolean(_ number: NSNumber) -> Bool {
    // SAFETY: `objCType` is a C string that lives as long as the program.
    unsafe String(cString: number.objCType) == "c"
  }
}
