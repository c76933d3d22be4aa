// Owns the promise that "did you mean" guesses a slip and leaves another word alone.

import IndexModel
import Testing

@Suite("Suggestion")
struct SuggestionTests {
  @Test(
    "a slip of the fingers is recognised, another word is not",
    arguments: [
      ("txet", "text"), ("vectors", "vector"), ("VECTOR", "vector"), ("lik", "like"), ("tier", "tiers"), ("kk", "k"),
      ("zebra", nil), ("", nil), (String(repeating: "text", count: 100), nil),
    ] as [(String, String?)])
  func slips(word: String, meant: String?) {
    let names = ["text", "vector", "model", "like", "k", "ef", "tiers", "include"]
    #expect(Suggestion.nearest(to: word, among: names) == meant)
  }
}
