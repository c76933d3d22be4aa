// Owns the promises about texts: the real model finds what is meant, and embeds no text twice.

import Freshet
import IndexModel
import KafkaClient
import TestKit
import Testing

@Suite("From a Kafka topic to a search: texts", .serialized, .timeLimit(.minutes(5)))
struct KafkaTextTests {
  private static let texts: [(id: String, text: String)] = [
    ("graphviz", "draws diagrams of graphs from descriptions in a simple text language"),
    ("gnuchess", "plays the game of chess against a human opponent"),
    ("bread", "bakes a sourdough loaf with a dark crust overnight"),
    ("telescope", "shows stars, planets and constellations in the night sky"),
    ("spell", "finds misspelled words in documents and suggests corrections"),
    ("backup", "copies files to another disk every night and restores lost ones"),
    ("mailer", "reads and writes electronic mail on the terminal"),
    ("photo", "removes red eyes and scratches from photographs"),
    ("weather", "forecasts rain, wind and temperature for the coming days"),
    ("piano", "teaches to play the piano from sheet music"),
  ]

  @Test("a natural question finds the right item, and a text that did not change is not embedded again")
  func meaning() async throws {
    try await withDevBroker { broker in
      let stage = try KafkaStage(broker)
      let path = try stage.topology(embed: "{kind: minilm, minilm: {model: \(RealModel.folder())}}")
      @Sendable func event(_ id: String, _ text: String, _ price: Int) -> KafkaOutgoingRecord {
        stage.record(id, #"{"id":"\#(id)","text":"\#(text)","attributes":{"price":\#(price)}}"#)
      }
      let fillers = (0..<20).map { event("part-\($0)", "spare part number \($0) for a washing machine", 1) }
      let written = try stage.produce(Self.texts.map { event($0.id, $0.text, 1) } + fillers)
      let again = Self.texts.map { event($0.id, $0.text, 2) }
      try await Freshet.following(path) { freshet in
        try await freshet.reach(written)
        for (question, id) in [
          ("make a picture of a network from a text file", "graphviz"),
          ("board game with kings and queens against the computer", "gnuchess"),
          ("will it be sunny tomorrow?", "weather"),
          ("look at the moon at midnight", "telescope"),
        ] {
          #expect(try await freshet.search(question, k: 3).hits.first?.id.rawValue == id, "\(question)")
        }
        #expect(try await freshet.status().ingest.embedded == 30)

        try await freshet.reach(stage.produce(again))
        let status = try await freshet.status()
        #expect(status.ingest.embedded == 30, "no text was embedded again")
        #expect(status.ingest.applied == 40)
        #expect(try await freshet.item(#require(ItemID("bread")))?.attributes == ["price": .integer(2)])

        try await freshet.reach(stage.produce([event("bread", "repairs bicycles with flat tyres", 3)]))
        #expect(try await freshet.status().ingest.embedded == 31)
        #expect(try await freshet.search("fix my bike", k: 1).hits.first?.id.rawValue == "bread")
      }
    }
  }
}
