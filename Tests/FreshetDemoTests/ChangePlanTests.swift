// Owns the promises about the division of the catalogue and the plan of the live stream.

import Testing

@testable import FreshetDemo

@Suite("The demo's live stream")
struct ChangePlanTests {
  private static func catalogue(_ count: Int) throws -> Catalogue {
    let stanzas = (0..<count).map { number in
      "Package: p\(number)\nVersion: \(number)\nDescription: Package \(number)\n "
        + String(repeating: "long ", count: 50) + "\n"
    }
    return try Catalogue(
      packages: [ControlFile(bytes: Array(stanzas.joined(separator: "\n").utf8), fields: Catalogue.packageFields)],
      translations: [], source: "here")
  }

  @Test("every package is in one part: loaded, held back, or a witness")
  func division() throws {
    let catalogue = try Self.catalogue(1000)
    let part = try CataloguePart(catalogue, seed: 1)
    let parts =
      part.changeable + part.heldBack + [part.witnesses.added, part.witnesses.changed, part.witnesses.deleted]
    #expect(parts.map(\.id).sorted() == catalogue.items.map(\.id).sorted())
    #expect(part.heldBack.count == 99)
    #expect(
      Set(part.first.map(\.id)) == Set((part.changeable + [part.witnesses.changed, part.witnesses.deleted]).map(\.id)))
  }

  @Test("a limit takes that many packages, the same ones for the same seed")
  func limit() throws {
    var one = try Self.catalogue(500)
    var other = one
    one.limit(to: 200, seed: 7)
    other.limit(to: 200, seed: 7)
    #expect(one.items.count == 200)
    #expect(one.items == other.items)
    other.limit(to: 1000, seed: 8)
    #expect(other.items.count == 200)
  }

  @Test("a catalogue too small to divide is refused")
  func tooSmall() throws {
    #expect(throws: CatalogueError.self) { try CataloguePart(try Self.catalogue(99), seed: 1) }
  }

  @Test("the same seed gives the same changes; held-back packages come once, nothing changes after its end")
  func plan() throws {
    let part = try CataloguePart(try Self.catalogue(1000), seed: 1)
    let changes = Array(ChangePlan(part, seed: 3).prefix(3000))
    #expect(changes == Array(ChangePlan(part, seed: 3).prefix(3000)))
    #expect(changes != Array(ChangePlan(part, seed: 4).prefix(3000)))

    var present = Set(part.changeable.map(\.id))
    var added: [String] = []
    for change in changes {
      switch change {
      case .added(let item):
        added.append(item.id)
        #expect(present.insert(item.id).inserted)
      case .changed(let item): #expect(present.contains(item.id))
      case .deleted(let id): #expect(present.remove(id) != nil)
      }
    }
    #expect(added == part.heldBack.map(\.id))
  }

  @Test("a plan ends when no package is left")
  func end() throws {
    let part = try CataloguePart(try Self.catalogue(100), seed: 1)
    let changes = Array(ChangePlan(part, seed: 3))
    let deletes = changes.filter { if case .deleted = $0 { true } else { false } }
    #expect(deletes.count == part.changeable.count + part.heldBack.count)
  }

  @Test("a delete is a record with a key and no value")
  func deleteRecord() throws {
    let record = try CatalogueChange.deleted(id: "dia").record(topic: "t")
    #expect(record.key == Array("dia".utf8))
    #expect(record.value == nil)
  }
}
