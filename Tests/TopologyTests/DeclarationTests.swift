// Owns the promises about the declarations: whole, in step with the page, and true of what is read.

import Foundation
import Testing
import Topology

@Suite struct DeclarationTests {
  @Test("docs/topology-reference.md is what the declarations say")
  func page() throws {
    let file = Samples.root.appendingPathComponent("docs/topology-reference.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    #expect(
      page == TopologyReference.markdown(),
      "run `freshet topology fields --markdown > docs/topology-reference.md`")
  }

  @Test("Every field has a path of its own and a meaning that is a sentence")
  func described() {
    let fields = TopologyReference.fields
    #expect(Set(fields.map(\.path)).count == fields.count)
    for field in fields {
      #expect(field.description.hasSuffix("."), "\(field.path)")
      #expect(field.isBlock || field.isRequired || field.defaultValue != nil, "\(field.path)")
    }
  }

  @Test("A default written into a file changes nothing", arguments: writableDefaults)
  func defaults(field: String, value: String) throws {
    let base = field.hasPrefix("source.kafka.") ? Samples.minimalKafka : Samples.minimal
    #expect(try Samples.parse(Samples.adding(field, value, to: base)) == Samples.parse(base))
  }

  @Test("A number past its documented range is refused at either end", arguments: bounds)
  func ranges(field: String, outside: String) {
    let base = field.hasPrefix("source.kafka.") ? Samples.minimalKafka : Samples.minimal
    let problems = Samples.problems(Samples.adding(field, outside, to: base))
    #expect(problems.map(\.field) == [field])
  }

  @Test("The JSON form holds every field with its parts")
  func json() throws {
    let fields = try JSONDecoder().decode([TopologyField].self, from: Data(try TopologyReference.json().utf8))
    #expect(fields == TopologyReference.fields)
  }

  @Test("The text form has a line for every field")
  func text() {
    let lines = TopologyReference.text().split(separator: "\n")
    for field in TopologyReference.fields {
      #expect(lines.contains { $0.hasPrefix(field.path + ": ") }, "\(field.path)")
    }
  }

  /// Fields of blocks that both samples can hold, with a default that can be written down.
  private static var writable: [TopologyField] {
    TopologyReference.fields.filter {
      !$0.isBlock && !$0.isRequired && !$0.path.contains("[]") && !$0.path.hasPrefix("embed.none")
        && !$0.path.hasPrefix("embed.hashing")
    }
  }

  private static var writableDefaults: [(String, String)] {
    writable.compactMap { field in
      guard let shown = field.defaultValue, shown.hasPrefix("`"), shown.hasSuffix("`") else { return nil }
      let value = shown.dropFirst().dropLast()
      guard !value.contains("`") else { return nil }
      return (field.path, field.type.hasPrefix("list of field") ? "[\(value)]" : String(value))
    }
  }

  private static var bounds: [(String, String)] {
    writable.flatMap { field -> [(String, String)] in
      let ends = (field.allowed ?? "").components(separatedBy: " to ")
      guard ["integer", "number"].contains(field.type), ends.count == 2, let low = Double(ends[0]),
        let high = Double(ends[1])
      else { return [] }
      guard let whole = Int(ends[1]) else { return [(field.path, "\(low - 1)"), (field.path, "\(high + 1)")] }
      let under = field.type == "integer" ? "\(Int(low) - 1)" : "\(low - 1)"
      return [(field.path, under), (field.path, "\(whole + 1)")]
    }
  }
}

extension Samples {
  /// A sample with one more value at `path`, in YAML's flow form.
  static func adding(_ path: String, _ value: String, to base: String) -> String {
    var keys = path.split(separator: ".").map(String.init)
    let top = keys.removeFirst()
    let nested = keys.reversed().reduce(value) { inner, key in "{\(key): \(inner)}" }
    let lines = base.split(separator: "\n").map(String.init)
    guard let index = lines.firstIndex(where: { $0.hasPrefix("\(top): ") }) else {
      return base + "\n\(top): \(nested)\n"
    }
    var line = lines[index]
    // The sample has the block already: the value goes into its innermost part that is on the way.
    while let key = keys.first, let start = line.range(of: "\(key): {", options: .backwards) {
      keys.removeFirst()
      let rest = keys.reversed().reduce(value) { inner, key in "{\(key): \(inner)}" }
      line.insert(contentsOf: "\(rest.dropFirst().dropLast()), ", at: start.upperBound)
      return (lines[..<index] + [line] + lines[(index + 1)...]).joined(separator: "\n")
    }
    let open = line.index(after: line.firstIndex(of: "{") ?? line.startIndex)
    line.insert(contentsOf: "\(nested.dropFirst().dropLast()), ", at: open)
    return (lines[..<index] + [line] + lines[(index + 1)...]).joined(separator: "\n")
  }
}
