// Owns the promises about events that are accepted.

import IndexModel
import Testing
import TierEngine

@testable import EventSource

@Suite("Decoding events")
struct DecodingTests {
  private let decoder = JSONEventDecoder(mapping: .tiny())

  @Test("an upsert carries id, version, place, time, text and attributes")
  func upsert() throws {
    let record = SourceRecord(
      """
      {"op":"upsert","id":"dia","version":7,"content":{"title":" Diagram editor ","description":"Draws.\\r\\nWell."},
       "attributes":{"section":"graphics","size":812,"rating":4.5,"free":true,"tags":["a","b"],"gone":null}}
      """)
    let event = try decoder.decode(record).get()
    #expect(
      event
        == ItemEvent(
          id: try #require(ItemID("dia")),
          operation: .upsert(
            ItemEvent.Upsert(
              text: "Diagram editor\nDraws.\nWell.",
              attributes: [
                "section": .string("graphics"), "size": .integer(812), "rating": .number(4.5), "free": .boolean(true),
                "tags": .strings(["a", "b"]),
              ])),
          version: 7, position: record.position, time: record.time))
  }

  @Test("op defaults to upsert, and null members count as absent")
  func defaults() throws {
    let event = try decoder.decode(SourceRecord(#"{"op":null,"id":"a","version":null,"vector":null,"text":"t"}"#)).get()
    #expect(event.operation == .upsert(ItemEvent.Upsert(text: "t")))
    #expect(event.version == nil)
  }

  @Test("a delete needs nothing but an id, and nothing else of it is read")
  func delete() throws {
    let event = try decoder.decode(SourceRecord(#"{"op":"delete","id":"a","version":9,"vector":"x","text":3}"#)).get()
    #expect(event.operation == .delete)
    #expect(event.version == 9)
  }

  @Test("a key without a value deletes the item that the key names")
  func deleteByKey() throws {
    let event = try decoder.decode(SourceRecord(bytes: nil, key: "a")).get()
    #expect(event.id.rawValue == "a")
    #expect(event.operation == .delete)
    #expect(event.version == nil)
  }

  @Test("the record's key is the id of an event without one; the event's own id wins")
  func idFromKey() throws {
    #expect(try decoder.decode(SourceRecord(#"{"text":"t"}"#, key: "k")).get().id.rawValue == "k")
    #expect(try decoder.decode(SourceRecord(#"{"id":"i","text":"t"}"#, key: "k")).get().id.rawValue == "i")
  }

  @Test("an integer id keeps its digits")
  func integerID() throws {
    let digits = "123456789012345678901234567890"
    #expect(try decoder.decode(SourceRecord(#"{"id":\#(digits),"text":"t"}"#)).get().id.rawValue == digits)
  }

  @Test("content fields are joined in the mapping's order, empty ones dropped, arrays line by line")
  func contentOrder() {
    let mapping = EventMapping.tiny(contentFields: ["content.b", "text", "content.a", "content.deep.c"])
    let decoder = JSONEventDecoder(mapping: mapping)
    let record = SourceRecord(
      #"{"id":"x","content":{"a":"A","b":["B1","B2"],"deep":{"c":"C"},"unused":[1]},"text":"  "}"#)
    #expect(decoder.decode(record).upsert?.text == "B1\nB2\nA\nC")
  }

  @Test("nested attributes get dotted names")
  func nestedAttributes() {
    let record = SourceRecord(#"{"id":"x","text":"t","attributes":{"size":{"width":3,"unit":{"name":"cm"}},"n":[]}}"#)
    #expect(
      decoder.decode(record).upsert?.attributes
        == ["size.width": .integer(3), "size.unit.name": .string("cm"), "n": .strings([])])
  }

  @Test("a vector comes with its model's name or fingerprint, as given")
  func vector() {
    for model in ["tiny", "f00d"] {
      let record = SourceRecord(#"{"id":"x","vector":[3,-4.5e0,0.1],"model":"\#(model)"}"#)
      #expect(
        decoder.decode(record).upsert
          == ItemEvent.Upsert(vector: ItemEvent.SuppliedVector(values: [3, -4.5, 0.1], model: model)))
    }
  }

  @Test("a vector needs no model where the topology declares one")
  func declaredModel() {
    let decoder = JSONEventDecoder(mapping: .tiny(modelRequired: false))
    #expect(decoder.decode(SourceRecord(#"{"id":"x","vector":[1,2,3]}"#)).upsert?.vector?.values == [1, 2, 3])
  }

  @Test("a zero vector is refused under cosine only")
  func zeroVector() {
    let decoder = JSONEventDecoder(mapping: .tiny(metric: .squaredL2))
    let record = SourceRecord(#"{"id":"x","vector":[0,-0,0.0],"model":"tiny"}"#)
    #expect(decoder.decode(record).upsert?.vector?.values == [0, 0, 0])
  }

  @Test("the version is not read where the log orders events")
  func logDomain() throws {
    let decoder = JSONEventDecoder(mapping: .tiny(versionDomain: .log))
    #expect(try decoder.decode(SourceRecord(#"{"id":"x","text":"t","version":-1.5}"#)).get().version == nil)
  }

  @Test("escapes and surrogate pairs are read as the text that was meant")
  func escapes() {
    let record = SourceRecord(#"{"id":"x","text":"q\"b\\s\/n\nt\tu\u00e9\ud83d\ude00."}"#)
    #expect(decoder.decode(record).upsert?.text == "q\"b\\s/n\nt\tu\u{E9}\u{1F600}.")
  }
}
