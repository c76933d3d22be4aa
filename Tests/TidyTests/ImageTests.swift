// Owns the promise that the image can be built from what its Dockerfile copies.

import Testing

@Suite("Image")
struct ImageTests {
  @Test("the image is built from every folder with Swift files")
  func copied() throws {
    let repository = try Repository.checkedOut.get()
    let dockerfile = try repository.file("deploy/Dockerfile").text
    #expect(ImageRule.uncopied(repository.files.map(\.path), dockerfile: dockerfile) == [])
  }

  @Test("a planted folder that is not copied is found")
  func plantedFolder() {
    let files = ["Package.swift", "Sources/A/A.swift", "Extra/B.swift", "docs/page.md"]
    #expect(ImageRule.uncopied(files, dockerfile: "FROM x\nCOPY Sources Sources\n") == ["Extra"])
  }
}
