// Owns the events of the benchmarks' catalogue as JSON. Invariant: event n of a seed is always the same.

import IndexModel

/// Upserts of seeded items.
struct EventSeries: Sendable {
  /// What an event brings.
  enum Kind: Sendable {
    /// Its vector, and its text to keep.
    case vector
    /// A text to embed.
    case text
  }

  /// One event.
  struct Event: Sendable {
    let key: [UInt8]
    let line: [UInt8]
  }

  let vectors: VectorSeries
  let texts: TextSeries
  private let seed: UInt64
  private let modelName: String

  init(seed: UInt64, modelName: String) {
    self.seed = seed
    self.modelName = modelName
    vectors = VectorSeries(seed: seed)
    texts = TextSeries(seed: seed)
  }

  /// Event `number`, of item `item`. Ids are scattered, as SKUs and UUIDs are.
  func event(_ number: Int, item: Int, _ kind: Kind) -> Event {
    let id = String(SplitMix64.mix(seed ^ UInt64(item)), radix: 16)
    var line = Array(#"{"id":"\#(id)","text":"\#(texts[number])","attributes":{"shelf":\#(item % 97)}"#.utf8)
    if kind == .vector {
      line += Array(#","model":"\#(modelName)","vector":["#.utf8)
      for (component, value) in vectors[number].enumerated() {
        if component > 0 { line.append(UInt8(ascii: ",")) }
        line.append(millionths: value)
      }
      line.append(UInt8(ascii: "]"))
    }
    line.append(UInt8(ascii: "}"))
    return Event(key: Array(id.utf8), line: line)
  }
}

extension [UInt8] {
  /// Appends a value in -1...1 with six digits.
  fileprivate mutating func append(millionths value: Float) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = Int((value.magnitude * 1_000_000).rounded())
    var unit = 1_000_000
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(rest / unit))
      if unit == 1_000_000 { append(UInt8(ascii: ".")) }
      rest %= unit
      unit /= 10
    }
  }
}
