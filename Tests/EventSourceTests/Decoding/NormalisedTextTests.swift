// Owns the promises about the one rule by which texts are normalised.

import Foundation
import IndexModel
import Testing

@testable import EventSource

@Suite("Normalising text")
struct NormalisedTextTests {
  @Test(
    "line ends, composition and white space at the ends are made one",
    arguments: [
      ("plain", "plain"), (" \t trimmed \n", "trimmed"), ("a\r\nb\rc", "a\nb\nc"), ("e\u{301}", "\u{E9}"),
      ("\u{3000}\u{4E2D}\u{A0}", "\u{4E2D}"), ("\u{212B}", "\u{C5}"), ("inner  space", "inner  space"),
      ("don\u{2019}t", "don\u{2019}t"), ("", ""), ("\u{2028}", ""), ("\r\n", ""),
    ])
  func rule(_ text: String, _ normalised: String) {
    #expect(Array(NormalisedText.normalise(text).unicodeScalars) == Array(normalised.unicodeScalars))
  }

  @Test("normalising twice changes nothing more, and agrees with the rule spelled out")
  func idempotence() {
    var random = Seed.generator()
    let pieces = [
      "a", "B", " ", "\n", "\r", "\r\n", "\u{301}", "\u{E9}", "e", "\u{4E2D}", "\u{1F600}", "\u{A0}", "\u{1100}",
      "\u{1161}",
      "\u{AC00}", "\u{11A8}", "\u{37E}", "\u{2019}", "\u{FE0F}", "\u{3099}", "\u{304B}", "\u{343}",
    ]
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<12, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let once = NormalisedText.normalise(text)
      let spelledOut = text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
        .precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(Array(once.utf8) == Array(spelledOut.utf8), "\(text.debugDescription)")
      #expect(Array(NormalisedText.normalise(once).utf8) == Array(once.utf8), "\(text.debugDescription)")
    }
  }

  @Test(
    "every character that passes the quick check is stable: unchanged, a starter, and no second part of a composition")
  func stability() {
    var stableCount = 0
    var seconds: Set<Unicode.Scalar> = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let parts = Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
      if parts.count > 1, String(scalar).precomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual([scalar]) {
        seconds.formUnion(parts.dropFirst())
      }
    }
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), CompositionStability.isStable(value) else { continue }
      stableCount += 1
      let isStarter = scalar.properties.canonicalCombiningClass == .notReordered
      let isUnchanged = String(scalar).precomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual([scalar])
      if !isStarter || !isUnchanged || seconds.contains(scalar) { Issue.record("U+\(String(value, radix: 16))") }
    }
    #expect(stableCount > 30_000)
  }
}
