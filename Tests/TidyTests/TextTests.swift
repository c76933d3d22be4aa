// Owns the promise that every file says what it owns, fits the screen and promises nothing.

import Testing

@Suite("Text")
struct TextTests {
  let repository: Repository

  init() throws {
    repository = try Repository.checkedOut.get()
  }

  /// The rules' own words and their planted violations stand in this folder.
  private var spoken: [TextFile] { repository.files.filter { !$0.path.hasPrefix("Tests/TidyTests/") } }

  @Test("every source file opens with what it owns")
  func openings() {
    let sources = repository.files.filter { $0.isSwift || $0.isC }
    #expect(sources.count > 1)
    #expect(sources.flatMap(OpeningCommentRule.violations) == [])
  }

  @Test("no line is wider than the screen")
  func lineWidths() {
    let data = ["LICENSE", "json", "jsonl", "txt", "svg", "golden-vectors.py"]
    let files = repository.files.filter { file in !data.contains { file.path.hasSuffix($0) } }
    #expect(files.flatMap(LineRule.violations) == [])
  }

  @Test("nothing is promised for later")
  func promises() {
    #expect(spoken.filter { $0.name != "LICENSE" }.flatMap(WordRule.promises) == [])
  }

  @Test("no room ends the process or hides an error")
  func crashes() {
    let rooms = repository.files.filter { $0.isSwift && $0.path.hasPrefix("Sources/") }
    #expect(rooms.flatMap(WordRule.crashes) == [])
  }

  @Test("no file is too large to clone quickly")
  func sizes() {
    #expect(SizeRule.violations(in: repository.sizes) == [])
  }

  @Test(
    "a planted file without an opening comment is found",
    arguments: [
      "import Foundation\n", "/// Documents a type, and what it owns goes unsaid.\nstruct A {}\n", "// Planted.\n",
    ])
  func plantedOpening(text: String) {
    #expect(OpeningCommentRule.violations(in: TextFile(path: "Sources/A/A.swift", text: text)).count == 1)
  }

  @Test("a planted wide line is found")
  func plantedWidth() {
    let text = "short\n" + String(repeating: "é", count: 121) + "\n" + String(repeating: "é", count: 120)
    #expect(LineRule.violations(in: TextFile(path: "Sources/A/A.swift", text: text)).map(\.line) == [2])
    let table = "| " + String(repeating: "x", count: 200)
    #expect(LineRule.violations(in: TextFile(path: "docs/A.md", text: table)) == [])
  }

  @Test("a planted promise is found", arguments: ["// TODO later", "# fixed for now, mend it", "let xxx = XXX"])
  func plantedPromise(line: String) {
    #expect(WordRule.promises(in: TextFile(path: "Makefile", text: line)).count == 1)
  }

  @Test("a word within a word is no promise", arguments: ["mktemp fetch.XXXXXX", "TODOS", "waits for nowhere"])
  func innocentWord(line: String) {
    #expect(WordRule.promises(in: TextFile(path: "Makefile", text: line)) == [])
  }

  @Test(
    "a planted way to crash is found", arguments: ["fatalError(\"no\")", "try! open()", "value as! Int", "exit(1)"])
  func plantedCrash(line: String) {
    #expect(WordRule.crashes(in: TextFile(path: "Sources/A/A.swift", text: line)).count == 1)
  }

  @Test("a crash that is only spoken of is none")
  func spokenCrash() {
    let text = "// never fatalError(\"no\")\nlet text = \"try! \\(value) as! Int\"\nlet raw = #\"exit(\"1\")\"#\n"
    #expect(WordRule.crashes(in: TextFile(path: "Sources/A/A.swift", text: text)) == [])
  }

  @Test("a planted large file is found")
  func plantedSize() {
    #expect(SizeRule.violations(in: ["a": 1 << 20, "b": (1 << 20) + 1]).map(\.path) == ["b"])
  }
}
