// Owns the order in which rows enter a build. Invariant 12: it depends on the ids and the seed alone, not on arrival.

import IndexModel

/// Rows by a seeded hash of their ids: random enough for a graph, the same on every machine.
struct CanonicalOrder {
  let seed: UInt64

  /// The positions of `ids` in build order.
  func rows(of ids: [ItemID]) -> [Int] {
    let keys = ids.map(key)
    return ids.indices.sorted { left, right in
      keys[left] == keys[right] ? ids[left] < ids[right] : keys[left] < keys[right]
    }
  }

  private func key(_ id: ItemID) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in id.rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return SplitMix64.mix(hash ^ SplitMix64.mix(seed))
  }
}
