// Owns the promises about records that are refused: each with its stable code and a reason that names the field.

import IndexModel
import Testing
import TierEngine

@testable import EventSource

@Suite("Refusing what is no event")
struct DecodingFailureTests {
  /// One malformed record, the code it must get, and what its reason must name.
  struct Case: Sendable, CustomTestStringConvertible {
    let code: String
    let value: String
    let names: String

    var testDescription: String { "\(code): \(value.prefix(60))" }

    init(_ code: String, _ value: String, names: String) {
      self.code = code
      self.value = value
      self.names = names
    }
  }

  static let cases: [Case] = [
    Case("not-json", "", names: "byte 0"),
    Case("not-json", "{\"id\":\"x\",}", names: "byte 10"),
    Case("not-json", "{\"id\":\"x\"} x", names: "the end of the text"),
    Case("not-json", "{\"id\":\"x\",\"text\":\"a\nb\"}", names: "control character"),
    Case("not-json", "{\"id\":\"x\",\"text\":\"\\x\"}", names: "backslash"),
    Case("not-json", "{\"id\":\"x\",\"version\":01}", names: "zero"),
    Case("not-json", "{\"id\":\"x\",\"version\":1.}", names: "decimal point"),
    Case("not-json", "{\"id\":\"x\",\"version\":+1}", names: "a value"),
    Case("not-json", "{\"id\":\"x\",\"text\":\"", names: "inside a string"),
    Case("not-json", "\u{FEFF}{\"id\":\"x\",\"text\":\"t\"}", names: "0xef"),
    Case("not-finite", "{\"id\":\"x\",\"vector\":[1,NaN,3],\"model\":\"tiny\"}", names: "NaN"),
    Case("not-finite", "{\"id\":\"x\",\"vector\":[1,2,Infinity],\"model\":\"tiny\"}", names: "Infinity"),
    Case("not-finite", "{\"id\":\"x\",\"vector\":[1,2,-Infinity],\"model\":\"tiny\"}", names: "Infinity"),
    Case("not-finite", "{\"id\":\"x\",\"vector\":[1,2,4e38],\"model\":\"tiny\"}", names: "`vector` holds 4e38 at 2"),
    Case("invalid-utf8", "{\"id\":\"x\",\"text\":\"\\ud800\"}", names: "surrogate"),
    Case("invalid-utf8", "{\"id\":\"x\",\"text\":\"\\ud800\\u0041\"}", names: "surrogate"),
    Case("invalid-utf8", "{\"id\":\"x\",\"text\":\"\\udc00\"}", names: "surrogate"),
    Case("too-deep", String(repeating: "[", count: 65), names: "64"),
    Case("duplicate-key", "{\"id\":\"x\",\"id\":\"y\",\"text\":\"t\"}", names: "'id'"),
    Case("duplicate-key", "{\"id\":\"x\",\"z\":1,\"text\":\"t\",\"z\":1}", names: "'z'"),
    Case("duplicate-key", "{\"id\":\"x\",\"text\":\"t\",\"attributes\":{\"a\":1,\"a\":2}}", names: "'a'"),
    Case(
      "duplicate-key", "{\"id\":\"x\",\"text\":\"t\",\"attributes\":{\"a.b\":1,\"a\":{\"b\":2}}}", names: "`a.b`"),
    Case("not-an-object", "[1]", names: "an array"),
    Case("not-an-object", "{\"id\":\"x\",\"content\":\"t\"}", names: "`content`"),
    Case("no-id", "{\"text\":\"t\"}", names: "`id`"),
    Case("bad-id", "{\"id\":\"\",\"text\":\"t\"}", names: "`id`"),
    Case("bad-id", "{\"id\":1.5,\"text\":\"t\"}", names: "`id`"),
    Case("bad-id", "{\"id\":[\"x\"],\"text\":\"t\"}", names: "`id`"),
    Case("id-too-long", "{\"id\":\"\(String(repeating: "é", count: 241))\",\"text\":\"t\"}", names: "482"),
    Case("unknown-op", "{\"op\":\"patch\",\"id\":\"x\"}", names: "'patch'"),
    Case("unknown-op", "{\"op\":1,\"id\":\"x\"}", names: "`op`"),
    Case("bad-version", "{\"id\":\"x\",\"text\":\"t\",\"version\":-1}", names: "-1"),
    Case("bad-version", "{\"id\":\"x\",\"text\":\"t\",\"version\":1.0}", names: "1.0"),
    Case("bad-version", "{\"id\":\"x\",\"text\":\"t\",\"version\":1e3}", names: "1e3"),
    Case("bad-version", "{\"id\":\"x\",\"text\":\"t\",\"version\":18446744073709551616}", names: "`version`"),
    Case("bad-version", "{\"id\":\"x\",\"text\":\"t\",\"version\":\"7\"}", names: "`version`"),
    Case("bad-content", "{\"id\":\"x\",\"text\":7}", names: "`text`"),
    Case("bad-content", "{\"id\":\"x\",\"content\":{\"title\":[\"a\",1]}}", names: "`content.title`"),
    Case("no-content", "{\"id\":\"x\",\"attributes\":{}}", names: "`content.title`, `content.description`, `text`"),
    Case("no-content", "{\"id\":\"x\",\"text\":\" \\n\"}", names: "`vector`"),
    Case("content-too-big", "{\"id\":\"x\",\"text\":\"\(String(repeating: "a", count: 201))\"}", names: "201"),
    Case(
      "attributes-too-big",
      "{\"id\":\"x\",\"text\":\"t\",\"attributes\":{\"a\":\"\(String(repeating: "b", count: 100))\"}}",
      names: "101"),
    Case("record-too-big", "{\"id\":\"x\",\"text\":\"\(String(repeating: "a", count: 600))\"}", names: "600"),
    Case("bad-attribute", "{\"id\":\"x\",\"text\":\"t\",\"attributes\":[]}", names: "`attributes`"),
    Case("bad-attribute", "{\"id\":\"x\",\"text\":\"t\",\"attributes\":{\"a\":[1]}}", names: "`attributes.a`"),
    Case(
      "bad-attribute", "{\"id\":\"x\",\"text\":\"t\",\"attributes\":{\"a\":9223372036854775808}}",
      names: "9223372036854775808"),
    Case(
      "bad-attribute", "{\"id\":\"x\",\"text\":\"t\",\"attributes\":{\"a\":{\"b\":1e999}}}", names: "`attributes.a.b`"),
    Case("bad-vector", "{\"id\":\"x\",\"vector\":\"1,2,3\",\"model\":\"tiny\"}", names: "`vector`"),
    Case("bad-vector", "{\"id\":\"x\",\"vector\":[1,\"2\",3],\"model\":\"tiny\"}", names: "at 1"),
    Case("wrong-dimension", "{\"id\":\"x\",\"vector\":[1,2],\"model\":\"tiny\"}", names: "2 components"),
    Case("zero-vector", "{\"id\":\"x\",\"vector\":[0,-0.0,0e9],\"model\":\"tiny\"}", names: "`vector`"),
    Case("no-model", "{\"id\":\"x\",\"vector\":[1,2,3]}", names: "\"tiny\""),
    Case("wrong-model", "{\"id\":\"x\",\"vector\":[1,2,3],\"model\":\"huge\"}", names: "'huge'"),
    Case("wrong-model", "{\"id\":\"x\",\"vector\":[1,2,3],\"model\":5}", names: "`model`"),
  ]

  private static var decoder: JSONEventDecoder {
    var mapping = EventMapping.tiny()
    mapping.contentBytesMax = 200
    mapping.attributesBytesMax = 100
    mapping.recordBytesMax = 600
    return JSONEventDecoder(mapping: mapping)
  }

  @Test("a malformed record gets its code, and a reason that names what is wrong", arguments: cases)
  func refusal(_ malformed: Case) {
    switch Self.decoder.decode(SourceRecord(malformed.value)) {
    case .success(let event): Issue.record("accepted as \(event)")
    case .failure(let failure):
      #expect(failure.code == malformed.code)
      #expect(failure.reason.contains(malformed.names), "\(failure.reason)")
    }
  }

  @Test("every code that the decoder documents is produced by one of the cases")
  func everyFault() {
    #expect(Set(Self.cases.map(\.code)) == Set(DecodingFault.allCases.map(\.rawValue)))
  }

  @Test("bytes that are not UTF-8 are refused, not repaired, in values, names and keys")
  func invalidUTF8() {
    let decoder = Self.decoder
    let text = Array("{\"id\":\"x\",\"text\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
    #expect(decoder.decode(SourceRecord(bytes: text)).code == "invalid-utf8")
    let name = Array("{\"id\":\"x\",\"text\":\"t\",\"".utf8) + [0xFF] + Array("\":1}".utf8)
    #expect(decoder.decode(SourceRecord(bytes: name)).code == "invalid-utf8")
    var keyed = SourceRecord(bytes: nil)
    keyed.key = [0xFF]
    #expect(decoder.decode(keyed).code == "bad-id")
  }

  @Test("a record with neither key nor value has no id")
  func nothing() {
    #expect(Self.decoder.decode(SourceRecord(bytes: nil)).code == "no-id")
    #expect(Self.decoder.decode(SourceRecord(bytes: nil, key: "")).code == "no-id")
  }
}
