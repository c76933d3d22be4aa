// Owns the promise that every file with an unsafe site argues why it holds.

import Testing

@Suite("Safety")
struct SafetyTests {
  @Test("every unsafe site is argued for")
  func unsafeSites() throws {
    let files = try Repository.checkedOut.get().files
      .filter { $0.isSwift && !$0.path.hasPrefix("Tests/TidyTests/") }
    #expect(files.flatMap(SafetyRule.violations) == [])
  }

  @Test(
    "a planted unsafe site without a word is found",
    arguments: [
      "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "@safe struct A {}",
      "let base: UnsafeMutableRawPointer", "private var rows: [UnsafePointer<Float>]",
      "return unsafe base.load(as: Int.self)",
    ])
  func plantedSite(line: String) {
    let path = "Sources/A/A.swift"
    #expect(
      SafetyRule.violations(in: TextFile(path: path, text: "// SAFE at first sight.\n\(line)\n")).map(\.line) == [2])
    #expect(SafetyRule.violations(in: TextFile(path: path, text: "// SAFETY: one writer.\n\(line)\n")) == [])
  }

  @Test("safe code needs no argument")
  func safeCode() {
    let text = "// Calls nothing unsafe and says so.\nlet text = \"an unsafe word\"\n"
    #expect(SafetyRule.violations(in: TextFile(path: "Sources/A/A.swift", text: text)) == [])
  }
}
