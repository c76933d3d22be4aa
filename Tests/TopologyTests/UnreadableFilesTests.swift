// Owns the promise that what is no topology at all ends in an error, whatever its bytes.

import Foundation
import Testing
import Topology

@Suite struct UnreadableFilesTests {
  /// Loads a file of these bytes, and returns the one problem that it must have.
  private func problem(loading bytes: Data) throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("freshet-\(UUID().uuidString).yaml").path
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return problem(loading: path).replacing(path, with: "FILE")
  }

  private func problem(loading path: String) -> String {
    do {
      _ = try FreshetTopology.load(path: path, environment: [:])
      return "accepted"
    } catch { return "\(error)" }
  }

  @Test("A missing file, a folder, and a file without end are refused by name")
  func unreadable() {
    #expect(problem(loading: "/no/such.yaml") == "/no/such.yaml: cannot be read: there is no such file")
    #expect(problem(loading: NSTemporaryDirectory()).contains("cannot be read"))
    #expect(problem(loading: "/dev/zero") == "/dev/zero: is longer than 262144 bytes, which no topology is")
  }

  @Test("A file that is too long, not UTF-8, or empty is refused")
  func contents() throws {
    let long = Data(repeating: UInt8(ascii: "#"), count: FreshetTopology.fileBytesMax + 1)
    #expect(try problem(loading: long) == "FILE: is longer than 262144 bytes, which no topology is")
    #expect(try problem(loading: Data([0x6E, 0xFF, 0xFE])) == "FILE: is not UTF-8 text")
    let empty = "FILE: is empty; a topology needs at least name, source, embed and store"
    #expect(try problem(loading: Data()) == empty)
    #expect(try problem(loading: Data("# nothing\n".utf8)) == empty)
  }

  @Test("Aliases of aliases are refused before they are followed")
  func aliasBomb() {
    var text = "a: &a0 [x, x]\n"
    for level in 1...40 { text += "b\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    text += "? *a40\n: 1\n? *a40\n: 2\n"
    #expect(Samples.problems(text).map(\.message) == ["has more than 16 YAML aliases (`*name`); write the values out"])
  }

  @Test("A few aliases are allowed")
  func aliases() throws {
    let topology = try Samples.parse(
      Samples.minimal + "\nserve: {kMax: &few 7, efMax: 500}\ndecode: {contentBytesMax: *few}\n")
    #expect(topology.decode.contentBytesMax == 7)
  }

  @Test(
    "Nesting without end is refused",
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000),
      String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
    ])
  func nesting(text: String) {
    #expect(Samples.problems("name: x\nstore: \(text)").count == 1)
    #expect(Samples.problems(text).count == 1)
  }
}
