// Owns how numbers look in a terminal. Invariant: pure, and the same in every locale.

import Foundation

/// Numbers for people.
enum Format {
  /// `63,666`.
  static func count(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    return (value < 0 ? "-" : "") + grouped
  }

  /// `512`, `3.4`: three digits are enough to see.
  static func rate(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    return abs(value) >= 100 || value == 0 ? count(Int64(clamping(value.rounded()))) : fixed(value, digits: 1)
  }

  /// `0.8 ms`, `20 ms`, `4.2 s`.
  static func milliseconds(_ value: Double) -> String {
    switch value {
    case ..<10: fixed(value, digits: 1) + " ms"
    case ..<1000: fixed(value, digits: 0) + " ms"
    default: duration(seconds: value / 1000)
    }
  }

  /// `4.2 s`, `35 s`, `2 min 5 s`, `3 h 12 min`, `2 d 4 h`.
  static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    if seconds < 10 { return fixed(seconds, digits: 1) + " s" }
    let whole = clamping(seconds.rounded())
    let parts = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")] as [(Int64, String)]
    let largest = parts.firstIndex { whole >= $0.0 } ?? parts.count - 1
    let (size, unit) = parts[largest]
    guard largest + 1 < parts.count else { return "\(whole) s" }
    let (smallerSize, smallerUnit) = parts[largest + 1]
    let rest = whole % size / smallerSize
    return rest == 0 ? "\(whole / size) \(unit)" : "\(whole / size) \(unit) \(rest) \(smallerUnit)"
  }

  /// `52 %`.
  static func share(_ fraction: Double) -> String {
    fraction.isFinite ? "\(clamping((fraction * 100).rounded(.down))) %" : "?"
  }

  /// `digits` places after the point.
  static func fixed(_ value: Double, digits: Int) -> String {
    value.formatted(
      .number.precision(.fractionLength(digits)).grouping(.never).locale(Locale(identifier: "en_US_POSIX")))
  }

  /// A bar of `width` cells.
  static func bar(_ fraction: Double, width: Int) -> String {
    let bounded = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    let filled = Int((bounded * Double(width)).rounded(.down))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  private static func clamping(_ value: Double) -> Int64 {
    value >= 9.2e18 ? .max : value <= -9.2e18 ? .min : Int64(value)
  }
}
