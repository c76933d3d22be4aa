// Owns the promise that the full parser reads JSON as another implementation does: Foundation's is the oracle.

import Foundation
import IndexModel
import Testing

@testable import EventSource

@Suite("The full JSON parser against Foundation's")
struct JSONParserTests {
  @Test("what both accept is the same value; what only one accepts, ours refuses for a reason of its own")
  func oracle() {
    var random = Seed.generator()
    var generator = EventTextGenerator()
    var acceptedCount = 0
    for round in 0..<30_000 {
      var bytes = Array(generator.event(&random).utf8)
      if round % 3 > 0 { ByteMutation.mutate(&bytes, &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      do {
        let ours = try JSONParser.parse(bytes)
        acceptedCount += 1
        guard let theirs else {
          // Foundation refuses what no double holds, which RFC 8259 leaves to the reader.
          if Self.holdsEndlessNumber(ours, bytes) { continue }
          Issue.record("only ours accepts \(text.debugDescription)")
          continue
        }
        if !Self.agree(ours, theirs, bytes) { Issue.record("\(ours) is not \(theirs): \(text.debugDescription)") }
      } catch {
        // Foundation keeps one of two members with one name, mends half a surrogate pair, and lets a comma stand last.
        let isOurs = error.fault == .duplicateKey || error.fault == .invalidUTF8
        let isLastComma = bytes[..<error.offset].last { $0 > 0x20 } == UInt8(ascii: ",")
        if theirs != nil, !isOurs, !isLastComma {
          Issue.record("only Foundation accepts \(text.debugDescription), ours says \(error)")
        }
      }
    }
    #expect(acceptedCount > 10_000)
  }

  @Test("nesting is read to its limit and no deeper", arguments: ["[", "{\"a\":"])
  func depth(_ opening: String) throws {
    let closing = opening == "[" ? "]" : "}"
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)).utf8)
    }
    _ = try JSONParser.parse(nested(64))
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(nested(65)) }
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(nested(1_000_000)) }
  }

  private static func holdsEndlessNumber(_ value: JSONValue, _ bytes: [UInt8]) -> Bool {
    switch value {
    case .number(let number): number.double(in: bytes) == nil
    case .array(let elements): elements.contains { holdsEndlessNumber($0, bytes) }
    case .object(let object): object.members.contains { holdsEndlessNumber($0.value, bytes) }
    case .null, .boolean, .string: false
    }
  }

  private static func agree(_ ours: JSONValue, _ theirs: Any, _ bytes: [UInt8]) -> Bool {
    switch (ours, theirs) {
    case (.null, is NSNull): true
    case (.string(let text), let other as String): Array(text.utf8) == Array(other.utf8)
    case (.array(let elements), let others as [Any]):
      elements.count == others.count && zip(elements, others).allSatisfy { agree($0, $1, bytes) }
    case (.object(let object), let others as [String: Any]):
      object.members.count == others.count
        && object.members.allSatisfy { member in
          others[member.name].map { agree(member.value, $0, bytes) } ?? false
        }
    case (.boolean(let flag), let other as NSNumber): flag == other.boolValue
    case (.number(let number), let other as NSNumber):
      // Foundation's doubles can be a few units off in the last place; `DecodingExactnessTests` is exact.
      number.double(in: bytes).map { abs($0 - other.doubleValue) <= abs($0) * 1e-14 } ?? false
    default: false
    }
  }
}
