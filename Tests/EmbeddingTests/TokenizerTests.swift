// The promises of the tokenizer's files and settings; what it makes of texts is compared in GoldenTests.

import Foundation
import TierEngine
import Testing

@testable import Embedding

@Suite("Tokenizer")
struct TokenizerTests {
  private static let tokenizerJSON = """
    {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
      "lowercase": true}, "pre_tokenizer": {"type": "BertPreTokenizer"},
      "added_tokens": [{"id": 3, "content": "[SEP]", "special": true, "normalized": false}],
      "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": VOCABULARY}}
    """

  private static func json(vocabulary: String) -> String {
    tokenizerJSON.replacingOccurrences(of: "VOCABULARY", with: vocabulary)
  }

  private static let vocabulary =
    "{" + TinyModel.words.enumerated().map { #""\#($1)": \#($0)"# }.joined(separator: ", ") + "}"

  private static func error(_ files: [(name: String, text: String)]) throws -> ModelArtifactError? {
    let model = try TinyModel()
    defer { model.remove() }
    for file in files { try model.write(file.name, file.text) }
    do throws(ModelArtifactError) {
      _ = try ModelArtifact(folder: model.folder.path)
      return nil
    } catch {
      return error
    }
  }

  @Test("Words are split into the longest known parts, or are unknown as a whole")
  func longestParts() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let tokenizer = try ModelArtifact(folder: model.folder.path).tokenizer
    func ids(_ text: String) -> [Int32] { Array(tokenizer.encode(text).dropFirst().dropLast()) }
    #expect(ids("a") == [4])
    #expect(ids("ABC!") == [4, 8, 9, 10])
    #expect(ids("abx") == [1])
    #expect(ids("a\u{e9}") == [1])
    // The accent is gone before the word is looked up, so that no text reaches the token with one.
    #expect(ids("\u{c1}a\u{301}") == [4, 7])
    #expect(ids("a字b") == [4, 12, 5])
    #expect(ids("a[SEP]b") == [4, 3, 5])
    #expect(tokenizer.encode(String(repeating: "a ", count: 500)).count == TinyModel.positionCount)
  }

  @Test("Case and accents are kept where the model says so")
  func casedModel() throws {
    let model = try TinyModel()
    defer { model.remove() }
    try model.write("tokenizer_config.json", #"{"do_lower_case": false, "tokenize_chinese_chars": false}"#)
    let tokenizer = try ModelArtifact(folder: model.folder.path).tokenizer
    #expect(tokenizer.encode("a A é a字") == [2, 4, 1, 11, 1, 3])
  }

  @Test("vocab.txt and tokenizer.json of the real model give the same ids")
  func bothFiles() throws {
    let folder = try RealModel.open().folder
    let file = try MappedFile(path: folder + "/vocab.txt")
    let fromLines = try TokenizerFiles(tokenizer: nil, vocabulary: file, settings: nil).read(tokenCountMax: 256)
    for golden in try GoldenText.all() { #expect(fromLines.encode(golden.text) == golden.ids) }
  }

  @Test("tokenizer.json rules where it is there, whatever truncation it asks for")
  func tokenizerJSON() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let words = Self.vocabulary.replacingOccurrences(of: #""a": 4, "b": 5"#, with: #""a": 5, "b": 4"#)
    let text = Self.json(vocabulary: words).replacingOccurrences(
      of: #"{"normalizer""#, with: #"{"truncation": {"max_length": 3}, "normalizer""#)
    try model.write("tokenizer.json", text)
    #expect(try ModelArtifact(folder: model.folder.path).tokenizer.encode("a b a") == [2, 5, 4, 5, 3])
  }

  @Test(
    "A broken vocabulary is refused by line",
    arguments: [
      ("[UNK]\n[CLS]\n[SEP]\n\na\n", "line 4"), ("[UNK]\n[CLS]\n[SEP]\na\na\n", "line 5"),
      ("[UNK]\n[CLS]\n", "token [SEP]"), ("", "token [UNK]"),
      (
        (0..<14).map { "w\($0)" }.joined(separator: "\n") + "\n[UNK]\n[CLS]\n[SEP]\n",
        "tensor embeddings.word_embeddings.weight"
      ),
    ])
  func brokenLines(text: String, part: String) throws {
    let error = try #require(try Self.error([("vocab.txt", text)]))
    #expect(error.code == .malformed && error.part == part, "\(error)")
  }

  @Test("A vocabulary that is not UTF-8 is refused by line")
  func notUTF8() throws {
    let model = try TinyModel()
    defer { model.remove() }
    try model.write("vocab.txt", Data("[UNK]\n".utf8) + Data([0xC3, 0x28, 0x0A]))
    let error = #expect(throws: ModelArtifactError.self) { try ModelArtifact(folder: model.folder.path) }
    #expect(error?.part == "line 2")
  }

  @Test(
    "A tokenizer.json that is broken, or asks for another tokenizer, is refused by field",
    arguments: [
      (json(vocabulary: "[]"), "model.vocab"), (json(vocabulary: #"{"a": -1}"#), "token 'a'"),
      (json(vocabulary: #"{"a": 1.5}"#), "token 'a'"), (json(vocabulary: #"{"a": 1}"#), "token [UNK]"),
      (json(vocabulary: #"{"": 1}"#), "token ''"),
      (json(vocabulary: vocabulary) + "x", "byte \(json(vocabulary: vocabulary).utf8.count)"),
      (json(vocabulary: vocabulary).replacingOccurrences(of: "WordPiece", with: "BPE"), "model"),
      (json(vocabulary: vocabulary).replacingOccurrences(of: "BertPreTokenizer", with: "Whitespace"), "pre_tokenizer"),
      (
        json(vocabulary: vocabulary).replacingOccurrences(of: #""clean_text": true"#, with: #""clean_text": false"#),
        "normalizer.clean_text"
      ),
      (
        json(vocabulary: vocabulary).replacingOccurrences(of: #""normalized": false"#, with: #""lstrip": true"#),
        "added_tokens[0].lstrip"
      ),
    ])
  func brokenJSON(text: String, part: String) throws {
    let error = try #require(try Self.error([("tokenizer.json", text)]))
    #expect(error.part == part, "\(error)")
  }
}
