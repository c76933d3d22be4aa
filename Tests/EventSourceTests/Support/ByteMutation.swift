// Owns the damage that fuzzing tests do to texts.

import IndexModel

/// Changes, drops, doubles or cuts off bytes.
enum ByteMutation {
  private static let telling = Array("\"\\{}[],:0123456789eE+-.unltrfas \n\u{0}\u{80}\u{C3}".utf8)

  /// Does one seeded damage, often with a byte that means something in JSON.
  static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[place] = telling.randomElement(using: &random) ?? 0
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(telling.randomElement(using: &random) ?? 0, at: place)
    case 4: bytes.removeLast(bytes.count - place)
    default:
      let end = min(bytes.count, place + Int.random(in: 1...20, using: &random))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
    }
  }
}
