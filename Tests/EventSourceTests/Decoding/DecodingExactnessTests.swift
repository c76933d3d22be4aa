// Owns the promises about numbers: integers exact, floats the nearest ones.

import IndexModel
import Testing
import TierEngine

@testable import EventSource

@Suite("Exact numbers")
struct DecodingExactnessTests {
  private let decoder = JSONEventDecoder(mapping: .tiny())

  @Test(
    "a version survives to the last bit",
    arguments: [
      0, 1, 1 << 53 + 1, UInt64(Int64.max), 9_999_999_999_999_999_999, 10_000_000_000_000_000_000, .max - 1, .max,
    ])
  func version(_ version: UInt64) throws {
    let event = try decoder.decode(SourceRecord(#"{"id":"x","text":"t","version":\#(version)}"#)).get()
    #expect(event.version == version)
  }

  @Test(
    "an integer attribute survives to the last bit",
    arguments: [0, -1, 1 << 53 + 1, -(1 << 53) - 1, Int64.max, .min, .min + 1])
  func integer(_ integer: Int64) {
    let record = SourceRecord(#"{"id":"x","text":"t","attributes":{"n":\#(integer)}}"#)
    #expect(decoder.decode(record).upsert?.attributes == ["n": .integer(integer)])
  }

  @Test("a number with fraction or exponent is a number, also where it is whole")
  func number() {
    let record = SourceRecord(#"{"id":"x","text":"t","attributes":{"a":1.0,"b":-2E2,"c":0.1,"d":1e-400}}"#)
    #expect(
      decoder.decode(record).upsert?.attributes
        == ["a": .number(1), "b": .number(-200), "c": .number(0.1), "d": .number(0)])
  }

  @Test("every float that is printed is read back, bit by bit")
  func roundTrip() throws {
    var random = Seed.generator()
    for _ in 0..<50_000 {
      let float = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      guard float.isFinite else { continue }
      #expect(try parse(Float.self, "\(float)")?.bitPattern == float.bitPattern, "\(float)")
      #expect(try parse(Float.self, "\(Double(float))")?.bitPattern == float.bitPattern, "\(Double(float))")
    }
  }

  @Test("decimals of every length round to the same float and double as the C library's")
  func nearest() throws {
    var random = Seed.generator()
    for _ in 0..<50_000 {
      let text = Self.randomDecimal(&random)
      let float = Float(text)
      #expect(try parse(Float.self, text) == (float?.isFinite == true ? float : nil), "\(text)")
      let double = Double(text)
      #expect(try parse(Double.self, text) == (double?.isFinite == true ? double : nil), "\(text)")
    }
  }

  @Test("decimals at and beside the middle between two floats round as they must")
  func middles() throws {
    var random = Seed.generator()
    for _ in 0..<20_000 {
      let low = Float(bitPattern: UInt32.random(in: 0x0100_0000..<0x7F00_0000, using: &random))
      let middle = (Double(low) + Double(low.nextUp)) / 2
      // The shortest decimal of a double beside the middle, and the middle's own, are all within the doubtful margin.
      for double in [middle.nextDown, middle, middle.nextUp] {
        #expect(try parse(Float.self, "\(double)") == Float("\(double)"), "\(double)")
      }
    }
  }

  @Test("eight and more digits are read at once only where all of them are digits")
  func digitRuns() throws {
    for text in ["12345678", "123456789", "1234567/", "1234567:", "0.00000000000000000001", "100000000000000000000000"]
    {
      #expect(try parse(Double.self, text) == Double(text), "\(text)")
    }
  }

  /// The value of `text` by the decoder's own conversion; `nil` where it is not wholly a finite number.
  private func parse<Value>(_ type: Value.Type, _ text: String) throws -> Value? {
    var cursor = JSONCursor(Array(text.utf8))
    let number = try cursor.number()
    guard cursor.index == cursor.bytes.count else { return nil }
    return type == Float.self ? number.float(in: cursor.bytes) as? Value : number.double(in: cursor.bytes) as? Value
  }

  private static func randomDecimal(_ random: inout SplitMix64) -> String {
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
    }
    var text = Bool.random(using: &random) ? "-" : ""
    let leading = Int.random(in: 0...22, using: &random)
    text += leading == 0 ? "0" : "\(Int.random(in: 1...9, using: &random))" + digits(leading - 1)
    if Int.random(in: 0..<4, using: &random) > 0 {
      text += "." + String(repeating: "0", count: Int.random(in: 0...6, using: &random))
      text += digits(Int.random(in: 1...24, using: &random))
    }
    if Int.random(in: 0..<3, using: &random) == 0 { text += "e\(Int.random(in: -60...45, using: &random))" }
    return text
  }
}
