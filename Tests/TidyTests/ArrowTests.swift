// Owns the promise that rooms import along the arrows, and that the table, the manifest and the code agree.

import Testing

@Suite("Arrows")
struct ArrowTests {
  let repository: Repository
  let manifest: Manifest

  init() throws {
    repository = try Repository.checkedOut.get()
    manifest = Manifest(try repository.file("Package.swift"))
  }

  @Test("every room imports along the arrows alone", arguments: Arrows.table.map(\.room))
  func roomsImportAlongArrows(room: String) throws {
    let arrow = try #require(Arrows.table.first { $0.room == room })
    let files = repository.files.filter { $0.isSwift && $0.target == room }
    #expect(files.flatMap { ImportRule.violations(in: $0, allowed: arrow.allowed) } == [])
  }

  @Test("every test target imports what Package.swift gives it alone")
  func testsImportTheirDependencies() throws {
    let support: Set<String> = ["Testing", "TestKit"]
    let files = repository.files.filter { $0.isSwift && $0.path.hasPrefix("Tests/") && $0.target != "TestKit" }
    #expect(
      files.flatMap { file in
        ImportRule.violations(in: file, allowed: support.union(manifest.dependencies[file.target ?? ""] ?? []))
      } == [])
  }

  @Test("Package.swift and the table of arrows agree")
  func manifestAgrees() {
    let rooms = manifest.dependencies.filter { name, _ in !name.hasSuffix("Tests") }
    let table = Dictionary(uniqueKeysWithValues: Arrows.table.map { ($0.room, $0.allowed) })
    #expect(rooms.keys.sorted() == table.keys.sorted())
    for (room, modules) in table {
      #expect(rooms[room] == modules, "\(room)")
    }
  }

  @Test("the architecture page shows the table of arrows")
  func pageAgrees() throws {
    let page = try repository.file("docs/ARCHITECTURE.md")
    let rows = page.lines.drop { $0 != "## Arrows" }.dropFirst().prefix { !$0.hasPrefix("## ") }
      .filter { $0.hasPrefix("| `") }.map(String.init)
    #expect(rows == Arrows.table.map(\.pageRow))
  }

  @Test("the kernel does not reach outside")
  func kernelIsPure() {
    let files = repository.files.filter { $0.isSwift && $0.path.hasPrefix("Sources/") }
      .filter { file in file.target.map(Arrows.kernel.contains) ?? false }
    #expect(!files.isEmpty)
    #expect(files.flatMap(KernelRule.violations) == [])
  }

  @Test(
    "a planted import against the arrows is found",
    arguments: [
      "import LMDB", "@testable import LMDB", "public import LMDB", "import struct LMDB.Cursor", "  import LMDB",
    ])
  func plantedImport(line: String) {
    let file = TextFile(path: "Sources/TierEngine/Planted.swift", text: "// Owns.\nimport IndexModel\n\(line)\n")
    let violations = ImportRule.violations(in: file, allowed: ["IndexModel"])
    #expect(violations.map(\.line) == [3])
  }

  @Test("an import inside a comment or a string is none")
  func spokenImport() {
    let text =
      "// import LMDB\n/* import LMDB */\nlet text = \"import LMDB\"\nlet more = \"\"\"\n  import LMDB\n  \"\"\"\n"
    let file = TextFile(path: "Sources/TierEngine/Planted.swift", text: text)
    #expect(ImportRule.violations(in: file, allowed: []) == [])
  }

  @Test(
    "a planted reach outside the kernel is found",
    arguments: ["Date()", "Int.random(in: 0..<3)", "FileManager.default"])
  func plantedOutside(expression: String) {
    let file = TextFile(path: "Sources/VectorIndex/Planted.swift", text: "let value = \(expression)\n")
    #expect(KernelRule.violations(in: file).count == 1)
  }

  @Test("seeded randomness is no reach outside the kernel")
  func seededRandomness() {
    let file = TextFile(path: "Sources/VectorIndex/Planted.swift", text: "Int.random(in: 0..<3, using: &generator)\n")
    #expect(KernelRule.violations(in: file) == [])
  }

  @Test("a planted dependency is read from the manifest")
  func plantedDependency() {
    let text = """
      let log = Target.Dependency.product(name: "Logging", package: "swift-log")
      func room(_ name: String, imports: [Target.Dependency] = []) -> Target { .target(name: name) }
      room("LMDB", imports: ["CLMDB", log]),
      .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
      tests(of: "LMDB", imports: ["LMDB"]),
      """
    let manifest = Manifest(TextFile(path: "Package.swift", text: text))
    #expect(manifest.dependencies["LMDB"] == ["CLMDB", "Logging"])
    #expect(manifest.dependencies["CLMDB"] == [])
    #expect(manifest.dependencies["LMDBTests"] == ["LMDB", "TestKit"])
  }
}
