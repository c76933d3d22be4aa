// Owns numbers and booleans. Invariant: a whole number is never read through a Double.

extension ValueKind where Value == Int {
  /// A whole number in `range`; underscores may group its digits.
  static func integer(_ range: ClosedRange<Int>, unit: String? = nil) -> ValueKind {
    .scalar(
      type: "integer", unit: unit, allowed: "\(range.lowerBound) to \(range.upperBound)",
      parse: { scalar throws(Refusal) in
        let text = try scalar.plain(expecting: "a whole number")
        guard let value = Int(text.filter { $0 != "_" }) else {
          throw Refusal("must be a whole number, not \(scalar.shown)")
        }
        guard range.contains(value) else {
          throw Refusal(
            "must be \(range.lowerBound) to \(range.upperBound)\(unit.map { " " + $0 } ?? ""), not \(value)")
        }
        return value
      },
      show: { "`\($0)`" })
  }
}

extension ValueKind where Value == UInt64 {
  /// Any unsigned 64-bit number.
  static var unsigned: ValueKind {
    .scalar(
      type: "integer", allowed: "0 to \(UInt64.max)",
      parse: { scalar throws(Refusal) in
        let text = try scalar.plain(expecting: "a whole number")
        guard let value = UInt64(text.filter { $0 != "_" }) else {
          throw Refusal("must be a whole number from 0 to \(UInt64.max), not \(scalar.shown)")
        }
        return value
      },
      show: { "`\($0)`" })
  }
}

extension ValueKind where Value == Double {
  /// A finite number in `range`.
  static func number(_ range: ClosedRange<Double>, unit: String? = nil) -> ValueKind {
    .scalar(
      type: "number", unit: unit, allowed: "\(trimmed(range.lowerBound)) to \(trimmed(range.upperBound))",
      parse: { scalar throws(Refusal) in
        let text = try scalar.plain(expecting: "a number")
        // Swift also reads hexadecimal floats, which nobody means in a settings file.
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE_".contains($0)) }),
          let value = Double(text.filter { $0 != "_" }), value.isFinite
        else { throw Refusal("must be a number, not \(scalar.shown)") }
        guard range.contains(value) else {
          let bounds = "\(trimmed(range.lowerBound)) to \(trimmed(range.upperBound))"
          throw Refusal("must be \(bounds)\(unit.map { " " + $0 } ?? ""), not \(trimmed(value))")
        }
        return value
      },
      show: { "`\(trimmed($0))`" })
  }
}

extension ValueKind where Value == Bool {
  /// `true` or `false`, and no other word.
  static var boolean: ValueKind {
    .scalar(
      type: "boolean", allowed: "`true`, `false`",
      parse: { scalar throws(Refusal) in
        switch try scalar.plain(expecting: "`true` or `false`") {
        case "true": return true
        case "false": return false
        default: throw Refusal("must be `true` or `false`, not \(scalar.shown)")
        }
      },
      show: { "`\($0)`" })
  }
}

/// A number without a needless `.0`.
private func trimmed(_ value: Double) -> String {
  if let whole = Int(exactly: value) { return String(whole) }
  return String(value)
}
