// Owns what the demo shows, in order: the first search while the load has only begun, then searches that both tiers
// answer, then where to go on by hand.

/// The guided tour of a running Freshet.
struct Tour: Sendable {
  /// What a person might look for.
  static let queries = [
    "draw diagrams from text", "play chess against the computer", "encrypt files with a password",
    "monitor network traffic", "learn to touch type", "convert audio between formats",
  ]
  private static let hitsShown = 5

  let stage: DemoStage
  let console: Console
  let titles: [String: String]
  let itemCount: Int
  let patience: Patience

  /// Shows it all; `firstSearchLimit` is how long after the first event the first answer may come.
  func run(firstSearchLimit: Duration?) async throws {
    try await showFirstSearch(limit: firstSearchLimit)
    try await showBothTiers()
    showWays()
  }

  private func showFirstSearch(limit: Duration?) async throws {
    let query = Self.queries[0]
    let answer = try await patience.first("a first search result", every: .milliseconds(20)) {
      let answer = try await stage.service.search(query, k: Self.hitsShown)
      return answer.hits.isEmpty ? nil : answer
    }
    let elapsed = stage.loadStart.duration(to: .now)
    let embedded = try await stage.service.status().items
    console.say("\(SearchTable(query: query, answer: answer, titles: titles))")
    console.step(
      "first answer \(elapsed.text) after the first event, with \(embedded) of \(itemCount) packages embedded")
    guard let limit else { return }
    guard elapsed < limit else {
      throw DemoFailure("the first search result came after \(elapsed.text), later than \(limit.text)")
    }
    guard embedded < itemCount else {
      throw DemoFailure("the first search result came only when all \(itemCount) packages were embedded")
    }
  }

  private func showBothTiers() async throws {
    let main = try await patience.first("the first generation") { try await stage.service.status().main }
    console.step("generation \(main.generation) serves \(main.rows) packages; newer ones are in the fresh tier")
    let answers = try await patience.first("a search with hits from both tiers") {
      var answers: [(String, SearchAnswer)] = []
      for query in Self.queries {
        answers.append((query, try await stage.service.search(query, k: Self.hitsShown)))
      }
      let tiers = Set(answers.flatMap { $0.1.hits.map(\.tier) })
      return tiers.isSuperset(of: ["fresh", "main"]) ? answers : nil
    }
    for (query, answer) in answers { console.say("\(SearchTable(query: query, answer: answer, titles: titles))") }
  }

  private func showWays() {
    let url = stage.service.baseURL
    let port = url.split(separator: ":").last ?? "8080"
    console.say(
      """

      ==> \(url) goes on answering while packages keep coming, changing and going. Try:

        curl -s \(url)/v1/search --json '{"text": "draw diagrams from text", "k": 3}'
        curl -s \(url)/v1/search --json '{"like": "\(titles.keys.min() ?? "bash")", "include": ["attributes"]}'
        curl -s \(url)/v1/status
        curl -s \(url)/metrics

      For `freshet` commands in another terminal, which README shows:

        export FRESHET_DEMO_BROKER=127.0.0.1:\(stage.broker.port) FRESHET_DEMO_PORT=\(port)

      Ctrl-C ends it.
      """)
  }
}
