// Owns the promises about reading Debian's lists into the demo's catalogue.

import Testing

@testable import FreshetDemo

@Suite("The demo's catalogue")
struct CatalogueTests {
  private static let packages = """
    Package: dia
    Version: 0.97.3+git20160930-9
    Installed-Size: 812
    Description: Diagram editor
    Homepage: https://wiki.gnome.org/Apps/Dia
    Description-md5: 0001
    Tag: role::program,
     uitoolkit::gtk
    Section: graphics

    Package: titled
    Version: 1
    Section: misc
    Description: Only a title

    Version: 2
    Description: a stanza without a package


    Package: untranslated
    Version: 3
    Description: Short
     Long text in the list itself.
    Description-md5: 0009
    Installed-Size: many
    """

  private static let translations = """
    Package: dia
    Description-md5: 0001
    Description-en: Diagram editor
     Dia is an editor for diagrams, \u{201C}graphs\u{201D}, charts.
     .
     It draws:
      - UML,
      - circuits.

    Package: gone
    Description-md5: 0005
    Description-en: Not in the list
    """

  private static func catalogue(_ packages: String...) throws -> Catalogue {
    try Catalogue(
      packages: packages.map { ControlFile(bytes: Array($0.utf8), fields: Catalogue.packageFields) },
      translations: [ControlFile(bytes: Array(translations.utf8), fields: Catalogue.translationFields)], source: "here")
  }

  @Test("a package is joined with its long description by the description's hash")
  func joined() throws {
    let dia = try #require(try Self.catalogue(Self.packages).items.first)
    #expect(
      dia
        == CatalogueItem(
          id: "dia", title: "Diagram editor",
          description: """
            Dia is an editor for diagrams, \u{201C}graphs\u{201D}, charts.

            It draws:
             - UML,
             - circuits.
            """,
          attributes: CatalogueItem.Attributes(
            section: "graphics", version: "0.97.3+git20160930-9", installedSizeKiB: 812)))
  }

  @Test("a package without a translation keeps its title and what its own list says; what is no package is passed over")
  func unjoined() throws {
    let items = try Self.catalogue(Self.packages).items
    #expect(items.map(\.id) == ["dia", "titled", "untranslated"])
    #expect(items.map(\.title) == ["Diagram editor", "Only a title", "Short"])
    #expect(items.map(\.description).dropFirst() == ["", "Long text in the list itself."])
    #expect(items[2].attributes == CatalogueItem.Attributes(section: "unknown", version: "3", installedSizeKiB: 0))
  }

  @Test("of a package in two lists the later list counts")
  func twoLists() throws {
    let newer = "Package: dia\nVersion: 2\nDescription: Newer\n"
    let items = try Self.catalogue(Self.packages, newer).items
    #expect(items.map(\.id) == ["dia", "titled", "untranslated"])
    #expect(items[0].title == "Newer")
  }

  @Test("lists without a package are an error that names their folder")
  func empty() {
    #expect { try Self.catalogue("") } throws: { "\($0)".contains("here") }
  }

  @Test("an item's event is one JSON object with its content and attributes")
  func event() throws {
    let item = CatalogueItem(
      id: "a/b", title: "T \"q\"", description: "",
      attributes: CatalogueItem.Attributes(section: "s", version: "1", installedSizeKiB: 5))
    #expect(
      String(decoding: try item.upsertEvent(), as: UTF8.self)
        == #"{"attributes":{"installedSizeKiB":5,"section":"s","version":"1"},"#
        + #""content":{"title":"T \"q\""},"id":"a/b","op":"upsert"}"#)
  }
}
