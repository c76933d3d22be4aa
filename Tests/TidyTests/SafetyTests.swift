// Owns the promise that what the compiler cannot check is argued for in words.

import Testing

@Suite("Safety")
struct SafetyTests {
  @Test("what the compiler cannot check is argued for")
  func promises() throws {
    let files = try Repository.checkedOut.get().files
      .filter { $0.isSwift && !$0.path.hasPrefix("Tests/TidyTests/") }
    #expect(files.flatMap(SafetyRule.violations) == [])
  }

  @Test(
    "a planted promise without a word is found",
    arguments: [
      "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "@safe struct A {}",
      "let base: UnsafeMutableRawPointer", "private var rows: [UnsafePointer<Float>]",
    ])
  func plantedPromise(line: String) {
    let path = "Sources/A/A.swift"
    #expect(
      SafetyRule.violations(in: TextFile(path: path, text: "// SAFE at first sight.\n\(line)\n")).map(\.line) == [2])
    #expect(SafetyRule.violations(in: TextFile(path: path, text: "// SAFETY: one writer.\n\(line)\n")) == [])
  }

  @Test("code that promises nothing needs no argument")
  func plainCode() {
    let text = "// Of @unchecked Sendable.\nlet text = \"@safe\"\nlet time = unsafe clock_gettime(clock, &time)\n"
    #expect(SafetyRule.violations(in: TextFile(path: "Sources/A/A.swift", text: text)) == [])
  }
}
