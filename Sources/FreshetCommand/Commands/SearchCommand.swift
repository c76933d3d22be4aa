// Owns `freshet search`: a search of a running service.

import ArgumentParser
import Foundation

/// Asks for the nearest items.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search a running service by text, by a vector, or by likeness to an item.",
    discussion: """
      Each hit is one line: rank, score, tier, id, time and position of the event that made it what it is. Hits of the \
      fresh tier arrived since the last build; hits of the main tier come from the serving generation.

        freshet search "draw diagrams from text"
        freshet search --like graphviz -k 5 --attributes
        freshet search --vector query.json --model our-model --tiers main --ef 200
        freshet search --json "play chess" | jq -r '.hits[].id'
      """)

  @Argument(help: "What the hits are about; several words are joined.")
  var text: [String] = []

  @Option(help: ArgumentHelp("An item that the hits are like.", valueName: "id"))
  var like: String?

  @Option(
    help: ArgumentHelp("A file with a JSON array of numbers; - is standard input.", valueName: "file"),
    completion: .file())
  var vector: String?

  @Option(help: ArgumentHelp("The model that made the vector.", valueName: "name"))
  var model: String?

  @Option(name: .customShort("k"), help: ArgumentHelp("How many hits.", valueName: "count"))
  var count = 10

  @Option(help: ArgumentHelp("How widely the main tier's graph is walked.", valueName: "width"))
  var ef: Int?

  @Option(help: "Which tiers are asked.")
  var tiers = TierChoice.both

  @Flag(help: "Show the hits' attributes.")
  var attributes = false

  @Flag(help: "With --json: have the hits' vectors, too.")
  var vectors = false

  @Flag(help: "Print the service's answer as it is.")
  var json = false

  @OptionGroup var service: ServiceOptions

  /// Which tiers are asked.
  enum TierChoice: String, ExpressibleByArgument, CaseIterable {
    case fresh
    case main
    case both
  }

  func validate() throws {
    let given = [!text.isEmpty, like != nil, vector != nil].filter { $0 }.count
    guard given == 1 else { throw ValidationError("give exactly one of a text, --like and --vector") }
    guard model == nil || vector != nil else { throw ValidationError("--model belongs to --vector") }
    guard !vectors || json else { throw ValidationError("--vectors needs --json") }
  }

  func run() async throws {
    let body = try body()
    let answer = try await ServiceConnection.open(service) { try await $0.post("/v1/search", body) }
    if json { return StandardStreams.answer(String(decoding: answer, as: UTF8.self)) }
    StandardStreams.answer(HitTable(answer: try JSONDecoder().decode(SearchAnswer.self, from: answer)).text)
  }

  private func body() throws -> SearchBody {
    var include: [String] = []
    if attributes { include.append("attributes") }
    if vectors { include.append("vector") }
    return SearchBody(
      text: text.isEmpty ? nil : text.joined(separator: " "), vector: try vector.map(Self.readVector), model: model,
      like: like, k: count, ef: ef, tiers: tiers.rawValue, include: include)
  }

  private static func readVector(_ path: String) throws -> [Double] {
    let data: Data
    do {
      data =
        path == "-" ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(filePath: path))
    } catch {
      throw CommandFailure(.refused, "\(path): cannot be read: \(error.localizedDescription)")
    }
    guard let vector = try? JSONDecoder().decode([Double].self, from: data) else {
      throw CommandFailure(.refused, "\(path): is not a JSON array of numbers")
    }
    return vector
  }
}
