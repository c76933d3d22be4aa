// Owns what Package.swift says about targets, read from its text: running the package manager inside a test run
// would wait for its own lock.

/// The targets of a manifest and what each may import.
struct Manifest {
  /// By target: the modules of its dependencies, own rooms and products of packages alike.
  let dependencies: [String: Set<String>]

  /// Reads a manifest written in the manner of ours: `room`, `tests`, `.target`, `.executableTarget` and
  /// `.systemLibrary` calls, with each product named once by `let NAME = ....product(name: "MODULE", ...)`.
  init(_ file: TextFile) {
    let products = Self.products(in: file.text)
    var dependencies: [String: Set<String>] = [:]
    for (marker, suffix) in [
      ("room(", ""), (".target(", ""), (".executableTarget(", ""), (".systemLibrary(", ""), ("tests(", "Tests"),
    ] {
      for call in Self.calls(of: marker, in: file.text) {
        guard let name = call.firstMatch(of: /"(\w+)"/)?.1 else { continue }
        let list = call.firstMatch(of: /(?:imports|dependencies):\s*\[([^\]]*)\]/)?.1 ?? ""
        let rooms = list.matches(of: /"(\w+)"/).map { String($0.1) }
        let named = list.replacing(/"\w+"/, with: "").matches(of: /\w+/).compactMap { products[String($0.0)] }
        let support = suffix.isEmpty ? [] : ["TestKit"]
        dependencies[name + suffix] = Set(rooms + named + support)
      }
    }
    self.dependencies = dependencies
  }

  private static func products(in text: String) -> [String: String] {
    let declarations = text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/)
    return Dictionary(declarations.map { (String($0.1), String($0.2)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The arguments of every call of `marker` that is not its declaration.
  private static func calls(of marker: String, in text: String) -> [Substring] {
    text.ranges(of: marker).compactMap { range in
      let before = text[..<range.lowerBound]
      if let last = before.last, last.isLetter || before.hasSuffix("func ") { return nil }
      var depth = 1
      let end = text[range.upperBound...].firstIndex { character in
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        return depth == 0
      }
      return end.map { text[range.upperBound..<$0] }
    }
  }
}
