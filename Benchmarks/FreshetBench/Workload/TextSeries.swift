// Owns the texts that events bring. Invariant: text n of a seed is always the same.

import IndexModel

/// Seeded sequences of English words, about 32 tokens each, like a product's title and first line.
struct TextSeries: Sendable {
  private static let wordsPerText = 27
  private static let words = """
    river stone garden light travel coffee paper window music bottle leather cotton silver wooden kitchen table \
    lamp bicycle winter summer jacket shoes camera lens battery wireless speaker keyboard screen cable charger \
    tool hammer screw paint brush canvas book novel history science children puzzle game board chess kite ball \
    racket tent sleeping bag rope climbing boots trail map compass water filter stove pan knife cutting glass \
    plate bowl spoon tea honey bread flour salt pepper olive oil soap towel mirror chair desk shelf drawer curtain \
    carpet pillow blanket clock
    """
    .split(separator: " ").map(String.init)

  let seed: UInt64

  subscript(index: Int) -> String {
    var random = SplitMix64(seed: SplitMix64.mix(seed &+ 1 ^ UInt64(index)))
    return (0..<Self.wordsPerText).map { _ in Self.words[Int(random.next() % UInt64(Self.words.count))] }
      .joined(separator: " ")
  }
}
