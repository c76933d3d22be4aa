// Owns `freshet produce`: JSON lines into the topic that a topology reads.

import ArgumentParser
import Foundation
import Freshet

/// Writes events.
struct ProduceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "produce",
    abstract: "Send events, one JSON object a line, to the topology's Kafka topic.",
    discussion: """
      Every line is read as the pipeline would read it, keyed by its id, and sent in order. A line that the pipeline \
      would park is refused here, with its number and the reason, and the others go on; the exit status is then 2.

        freshet produce --topology topologies/demo.yaml events.jsonl
        echo '{"id": "my-tool", "content": {"title": "paint with fractals"}}' |
          freshet produce --topology topologies/demo.yaml
        echo '{"id": "my-tool", "op": "delete"}' | freshet produce --topology topologies/demo.yaml --positions
      """)

  @OptionGroup var topology: TopologyOption

  @Argument(help: "A file of JSON lines; - is standard input.", completion: .file())
  var file = "-"

  @Flag(help: "Print the position of every line, as the broker acknowledges it.")
  var positions = false

  func run() async throws {
    let topology = try topology.load()
    let producer = try EventProducer(topology: topology)
    let tally = ProduceTally(file: file, printsPositions: positions)
    do {
      try await BlockingTask.run { [file] in
        let lines = try LineReader(path: file)
        while let line = try lines.next() {
          // A line feed at the end of the file opens no event.
          if line.bytes.isEmpty { continue }
          do {
            try producer.enqueue(line: line.bytes) { tally.acknowledge(line.number, $0) }
          } catch let refusal as EventProducer.Refusal {
            tally.refuse(line.number, refusal.reason)
          }
        }
      }
    } catch {
      await producer.close()
      throw error
    }
    await producer.close()
    try tally.conclude()
  }
}
