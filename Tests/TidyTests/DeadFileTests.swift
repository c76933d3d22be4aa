// Owns the promise that nothing lies around: every file is compiled or linked, and every link leads somewhere.

import Foundation
import Testing

@Suite("Dead files")
struct DeadFileTests {
  let repository: Repository

  init() throws {
    repository = try Repository.checkedOut.get()
  }

  private var pages: [TextFile] { repository.files.filter(\.isMarkdown) }

  @Test("every Swift file belongs to a target")
  func compiled() throws {
    let targets = Set(Manifest(try repository.file("Package.swift")).dependencies.keys)
    #expect(DeadFileRule.uncompiled(repository.files, targets: targets) == [])
  }

  @Test("every page is linked, from README.md on")
  func linked() {
    #expect(DeadFileRule.unlinked(pages, from: "README.md") == [])
  }

  @Test("every link between files leads somewhere")
  func links() {
    let files = repository.sizes.keys
    let folders = files.flatMap { path in
      let parts = path.split(separator: "/")
      return parts.indices.dropFirst().map { parts[..<$0].joined(separator: "/") }
    }
    let paths = Set(files).union(folders)
    #expect(pages.flatMap { DeadFileRule.broken(in: $0, paths: paths) } == [])
  }

  @Test("a planted file outside every target is found")
  func plantedFile() {
    let files = ["Sources/Known/A.swift", "Sources/Unknown/B.swift", "Sources/C.swift", "Package.swift"]
      .map { TextFile(path: $0, text: "") }
    let found = DeadFileRule.uncompiled(files, targets: ["Known"]).map(\.path)
    #expect(found == ["Sources/Unknown/B.swift", "Sources/C.swift"])
  }

  @Test("a planted page that only an unlinked page links is found")
  func plantedPage() {
    let pages = [
      TextFile(path: "README.md", text: "see [a](docs/a.md#top)"),
      TextFile(path: "docs/a.md", text: "see [up](../README.md) and [b](b/../b.md)"),
      TextFile(path: "docs/b.md", text: ""),
      TextFile(path: "docs/c.md", text: "see [d](d.md)"),
      TextFile(path: "docs/d.md", text: ""),
    ]
    #expect(DeadFileRule.unlinked(pages, from: "README.md").map(\.path) == ["docs/c.md", "docs/d.md"])
  }

  @Test("a planted broken link is found")
  func plantedLink() {
    let page = TextFile(path: "docs/a.md", text: "[there](../deploy)\n[web](https://example.org/x) [gone](gone.md)\n")
    #expect(DeadFileRule.broken(in: page, paths: ["deploy"]).map(\.line) == [2])
  }
}
