// Owns the generation of events as JSON text: mostly plain, sometimes as odd as JSON allows, sometimes wrong.

import IndexModel

/// Makes the texts of events.
struct EventTextGenerator {
  /// Whether only events of the plain, valid shape are made.
  var isPlain = false

  /// One event.
  mutating func event(_ random: inout SplitMix64) -> String {
    var members = [#""id":\#(string(&random))"#]
    if chance(2, &random) { members.append(#""op":"\#(chance(5, &random) ? "delete" : "upsert")""#) }
    if chance(2, &random) { members.append(#""version":\#(random.next())"#) }
    members.append(#""content":{"title":\#(string(&random)),"description":\#(string(&random))}"#)
    if chance(3, &random) { members.append(#""text":\#(string(&random))"#) }
    if chance(2, &random) { members.append(#""attributes":\#(attributes(&random))"#) }
    if chance(2, &random) {
      members.append(#""vector":[\#((0..<3).map { _ in number(&random) }.joined(separator: ","))],"model":"tiny""#)
    }
    if chance(4, &random) { members.append(#""other":\#(value(&random, depth: 0))"#) }
    if !isPlain, chance(4, &random) { members.append(oddMember(&random)) }
    members.shuffle(using: &random)
    let gap = chance(4, &random) ? " \n\t" : ""
    return gap + "{" + gap + members.joined(separator: gap + "," + gap) + gap + "}" + gap
  }

  private func oddMember(_ random: inout SplitMix64) -> String {
    let odd = [
      #""id":"twice""#, #""text":null"#, #""content":null"#, #""version":-3"#, #""version":1e2"#, #""op":"patch""#,
      #""vector":null"#, #""model":7"#, #""text":["a","b"]"#, #""vector":[1,[2],3]"#, #""vector":[]"#,
      #""attributes":{"deep":{"er":1}}"#, #""attributes":{"x":null,"x":null}"#, #""\u0069d":"escaped""#,
      #""content":{"title":"a","title":"b"}"#, #""é":1"#, #""other":{"a":1,"a":2}"#, #""text":"\ud83d""#,
    ]
    return odd.randomElement(using: &random) ?? ""
  }

  private func attributes(_ random: inout SplitMix64) -> String {
    let names = ["section", "size", "rating", "free", "tags", "a much longer name of an attribute"]
    let members = names.filter { _ in chance(2, &random) }.map { name in
      let values = [
        string(&random), number(&random), "\(Int64(bitPattern: random.next()))", "true", "false",
        "[\(string(&random)),\(string(&random))]", "[]",
      ]
      return "\"\(name)\":" + (values.randomElement(using: &random) ?? "1")
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  private func value(_ random: inout SplitMix64, depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
    case 0: string(&random)
    case 1: number(&random)
    case 2: "null"
    case 3: "true"
    case 4: "[" + (0..<3).map { _ in value(&random, depth: depth + 1) }.joined(separator: ",") + "]"
    default:
      #"{"a":\#(value(&random, depth: depth + 1)),"b":\#(value(&random, depth: depth + 1))}"#
    }
  }

  private func string(_ random: inout SplitMix64) -> String {
    let pieces = [
      "word ", "a", "Sentence of some length, with commas.", #"\n"#, #"\""#, #"\\"#, #"\u00e9"#, #"\ud83d\ude00"#, "é",
      "中文", "😀", "e\u{301}", " ", "’",
    ]
    let count = Int.random(in: 1...12, using: &random)
    return "\"x" + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined() + "\""
  }

  private func number(_ random: inout SplitMix64) -> String {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: "\(Int.random(in: -1000...1000, using: &random))"
    case 1: "\(Float.random(in: -1...1, using: &random))"
    case 2: "\(Double.random(in: -1...1, using: &random))"
    case 3: "\(Int.random(in: 1...9, using: &random))e-\(Int.random(in: 1...30, using: &random))"
    default: "\(Double.random(in: -1e6...1e6, using: &random))"
    }
  }

  private func chance(_ oneIn: Int, _ random: inout SplitMix64) -> Bool {
    Int.random(in: 0..<oneIn, using: &random) == 0
  }
}
