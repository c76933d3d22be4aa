// A program that holds an index in its own process: it opens a topology, follows the source in a task group, searches
// while it follows, and ends.
//
//     swift run search-in-process topologies/jsonl.yaml "a quiet place to read"

import Freshet

@main
struct SearchInProcess {
  static func main() async throws {
    guard CommandLine.arguments.count >= 3 else {
      print("usage: search-in-process TOPOLOGY QUERY...")
      return
    }
    let freshet = try await Freshet.open(topology: CommandLine.arguments[1])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await freshet.run(servesHTTP: false) }
      try await freshet.catchUp()

      for query in CommandLine.arguments.dropFirst(2) {
        let answer = try await freshet.search(query, k: 3)
        print("\(query)  (positions \(answer.positions))")
        for hit in answer.hits {
          print("  \(hit.score)  \(hit.id)  \(hit.tier.rawValue)  sequence \(hit.sequence)  \(hit.position)")
        }
      }
      if let best = try await freshet.search(CommandLine.arguments[2], k: 1).hits.first,
        let item = try await freshet.item(best.id)
      {
        print("\(item.id) was made searchable by \(item.model.name); attributes: \(item.attributes)")
      }
      group.cancelAll()
    }
  }
}
