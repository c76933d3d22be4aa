// Owns the topologies that are measured: the defaults, but for the source, the folders and when rebuilds start.

import Freshet

/// Writes a topology as a user would.
struct BenchTopology: Sendable {
  enum Source: Sendable {
    case kafka(servers: String, topic: String)
    case jsonl(path: String)
  }

  let source: Source
  let storePath: String
  let modelFolder: String
  /// Cores that a rebuild may take; whole ones are also its threads.
  var rebuildCores = 0.5
  /// The most that may wait between reading and applying. The development broker answers a fetch with the whole
  /// backlog, and a pause discards it: a queue that holds a full topic spares the broker sending it again and again.
  var queue = (records: 20_000, bytes: 64 << 20)

  var parsed: FreshetTopology {
    get throws {
      try FreshetTopology.parse(text: text, file: "benchmark topology", environment: [:])
    }
  }

  /// Rebuilds start on request alone, so that a measure decides when one is under way.
  private var text: String {
    """
    name: bench
    source:
    \(sourceText)
    decode:
      contentFields: [text]
    embed:
      kind: minilm
      minilm:
        model: \(modelFolder)
    store:
      path: \(storePath)
    queue:
      recordsMax: \(queue.records)
      bytesMax: \(queue.bytes)
    tiers:
      main:
        buildThreads: \(max(1, Int(rebuildCores)))
        buildCoresMax: \(rebuildCores)
        rebuild:
          rowsMin: 1_000_000_000
          checkMilliseconds: 10
    log:
      level: error
    """
  }

  private var sourceText: String {
    switch source {
    case .kafka(let servers, let topic):
      """
        kind: kafka
        kafka:
          bootstrapServers: \(servers)
          topic: \(topic)
          properties:
            receive.message.max.bytes: 1000000000
      """
    case .jsonl(let path):
      """
        kind: jsonl
        jsonl:
          path: \(path)
          follow: false
      """
    }
  }
}
