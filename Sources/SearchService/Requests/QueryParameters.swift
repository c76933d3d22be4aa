// Owns the strict reading of a request's query string. Invariant: a parameter that is unknown, repeated or malformed is
// an error that names it.

import IndexModel

/// The parameters after the `?`, by name.
struct QueryParameters {
  private let values: [String: String]

  /// Reads `name=value&…`; throws where a name is not `known`.
  init(_ query: Substring, known: [String]) throws(Problem) {
    var values: [String: String] = [:]
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(parts[0]), let value = percentDecoded(parts.count > 1 ? parts[1] : "") else {
        throw Problem.targetMalformed
      }
      guard known.contains(name) else {
        throw Problem.unknownParameter(name, suggestion: Suggestion.nearest(to: name, among: known), known: known)
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw Problem.invalid(field: name, "is there twice")
      }
    }
    self.values = values
  }

  func boolean(_ name: String) throws(Problem) -> Bool? {
    switch values[name] {
    case nil: nil
    case "true": true
    case "false": false
    default: throw Problem.invalid(field: name, "must be true or false")
    }
  }

  func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Problem.invalid(field: name, "must be a whole number, \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}

/// The text that a percent-encoded part of a target stands for (RFC 3986, section 2.1); `nil` where an escape is
/// malformed or the bytes are not UTF-8. A plus sign stands for itself.
func percentDecoded(_ part: Substring) -> String? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(part.utf8.count)
  var rest = part.utf8[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard let high = rest.popFirst(), let low = rest.popFirst(),
      let highDigit = Character(Unicode.Scalar(high)).hexDigitValue,
      let lowDigit = Character(Unicode.Scalar(low)).hexDigitValue
    else { return nil }
    bytes.append(UInt8(highDigit << 4 | lowDigit))
  }
  return String(validating: bytes, as: UTF8.self)
}
