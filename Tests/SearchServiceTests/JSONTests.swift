// Owns the promises of the JSON reader and writer, against Foundation's as the oracle.

import Foundation
import IndexModel
import TestKit
import Testing

@testable import SearchService

@Suite("JSON")
struct JSONTests {
  @Test(
    "a text is read as RFC 8259 says",
    arguments: [
      ("null", JSONValue.null),
      (" true ", .boolean(true)),
      ("-0", .integer(0)),
      ("9223372036854775807", .integer(.max)),
      ("-9223372036854775807", .integer(-.max)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)),
      ("1.0", .number(1)),
      ("-1.5e-3", .number(-0.0015)),
      ("1E+2", .number(100)),
      ("0.1", .number(0.1)),
      ("123456789012345678901234567890", .number(1.2345678901234568e29)),
      ("1e400", .number(.infinity)),
      ("1e-400", .number(0)),
      (#""""#, .string("")),
      (#""\"\\\/\b\f\n\r\t\u0041""#, .string("\"\\/\u{8}\u{C}\n\r\tA")),
      (#""\ud83e\udd86""#, .string("🦆")),
      ("\"ä東\"", .string("ä東")),
      ("[]", .array([])),
      ("[1, [2]]", .array([.integer(1), .array([.integer(2)])])),
      ("{}", .object([])),
      (#"{"a": 1}"#, .object([JSONMember(name: "a", value: .integer(1))])),
    ])
  func accepted(text: String, value: JSONValue) throws {
    #expect(try JSONParser.parse(Array(text.utf8)) == value)
  }

  @Test(
    "what is not JSON is refused",
    arguments: [
      "", " ", "nul", "tru", "01", "-", "-a", "1.", ".5", "1e", "+1", "1 2", "0x10", "NaN", "Infinity", "-Infinity",
      "'a'", "\"", "\"a", "\"\n\"", #""\x""#, #""\u12""#, #""\u12g4""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#,
      "[", "[1", "[1,", "[1,]", "[,1]", "]", "{", "{a:1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#,
      #"{"a":1,"a":2}"#, "[1]]", "// a\n1",
    ])
  func refused(text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0x22] + bytes + [0x22]) }
  }

  @Test("a number reads as the nearest Double")
  func numbers() throws {
    var random = SplitMix64(seed: TestSeed.announced(for: "JSONTests", fixed: 1))
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      guard case .number(let read) = try JSONParser.parse(Array("\(value)".utf8)) else {
        Issue.record("\(value) is no number")
        continue
      }
      #expect(read == value)
    }
  }

  @Test("what is written reads back the same, whatever the strings and floats")
  func roundTrip() throws {
    var random = SplitMix64(seed: TestSeed.announced(for: "JSONTests", fixed: 2))
    for _ in 0..<2000 {
      let scalars = (0..<Int.random(in: 0..<12, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0..<(Bool.random(using: &random) ? 0x80 : 0x11_0000), using: &random))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let float = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      var writer = JSONWriter()
      writer.beginObject()
      writer.name("text")
      writer.value(text)
      writer.name("float")
      writer.value(float)
      writer.name(escaping: "list " + text)
      writer.beginArray()
      writer.value(UInt64.max)
      writer.null()
      writer.endArray()
      writer.endObject()
      let data = Data(writer.buffer.readableBytesView)
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect((object["text"] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
      let list = try #require(object["list " + text] as? [Any])
      #expect(list.first as? UInt64 == .max)
      #expect(list.last is NSNull)
      if float.isFinite {
        #expect((object["float"] as? Double).map { Float($0) } == float)
      } else {
        #expect(object["float"] is NSNull)
      }
    }
  }
}
