// Owns random rows. Invariant: the same seed gives the same rows; edge values come up often.

import IndexModel
import TierEngine

struct RandomRows {
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func text(byteCountMax: Int) -> String {
    let alphabet = Array("ab/-@ \0é漢🦆")
    var text = ""
    for _ in 0..<below(byteCountMax + 1) {
      let character = alphabet[below(alphabet.count)]
      guard text.utf8.count + character.utf8.count <= byteCountMax else { break }
      text.append(character)
    }
    return text
  }

  /// One of about 60 ids, some of them as long as ids may be.
  mutating func id() throws -> ItemID {
    let number = below(60)
    let stem = "item-\(number)-é漢🦆\0/"
    let length = number % 7 == 0 ? ItemID.byteCountMax : stem.utf8.count + number
    return try Sample.id(stem + String(repeating: "x", count: length - stem.utf8.count))
  }

  mutating func attributes() -> Attributes {
    var attributes: Attributes = [:]
    for _ in 0..<below(5) { attributes[text(byteCountMax: 12)] = attribute() }
    return attributes
  }

  private mutating func attribute() -> AttributeValue {
    switch below(5) {
    case 0: .string(text(byteCountMax: 300))
    case 1: .integer([.min, -1, 0, 1 << 53 + 1, .max][below(5)])
    case 2: .number([-0.0, 0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude][below(4)])
    case 3: .boolean(chance(50))
    default: .strings((0..<below(4)).map { _ in text(byteCountMax: 9) })
    }
  }

  mutating func position() -> EventPosition {
    EventPosition(
      partition: SourcePartition(topic: ["catalog.items", "b", "items.jsonl"][below(3)], partition: Int32(below(40))),
      offset: Int64(below(1 << 40)))
  }

  mutating func time() -> EventTime {
    EventTime(millisecondsSince1970: [.min, -1, 0, 1_700_000_000_000, .max][below(5)])
  }

  mutating func version() -> UInt64? { chance(50) ? nil : [0, 1, 1 << 53 + 1, .max][below(4)] }

  mutating func item(_ sequence: SequenceNumber, vector: SequenceNumber) -> StoredItem {
    StoredItem(
      sequence: sequence, vectorSequence: vector, version: version(),
      contentHash: chance(50) ? nil : ContentHash(high: random.next(), low: random.next()), isProvisional: chance(20),
      position: position(), time: time(), attributes: attributes())
  }

  mutating func tombstone(_ sequence: SequenceNumber) -> Tombstone {
    Tombstone(sequence: sequence, version: version(), position: position(), time: time())
  }

  mutating func vector() -> [Float] {
    (0..<Sample.dimension).map { _ in
      chance(10)
        ? [-0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude][below(3)] : Float.random(in: -1...1, using: &random)
    }
  }

  mutating func storedPosition() -> StoredPosition {
    let next = Int64(below(1 << 40)) + 1
    return StoredPosition(
      nextOffset: next, lastOffset: chance(30) ? nil : Int64(below(Int(next))), lastRecordHash: random.next())
  }

  mutating func deadLetter() -> DeadLetter {
    DeadLetter(
      position: position(), key: chance(30) ? nil : bytes(), value: chance(30) ? nil : bytes(),
      code: text(byteCountMax: 20), reason: text(byteCountMax: 200), time: time())
  }

  private mutating func bytes() -> [UInt8] { (0..<below(3000)).map { UInt8(truncatingIfNeeded: $0 &* 31) } }
}
