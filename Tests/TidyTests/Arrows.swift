// Owns the one table of arrows: which room may import which. docs/ARCHITECTURE.md draws it, Package.swift obeys it.

/// What a room may import.
struct Arrow {
  let room: String
  let rooms: [String]
  /// Modules of packages.
  let modules: [String]

  init(_ room: String, rooms: [String] = [], modules: [String] = []) {
    self.room = room
    self.rooms = rooms
    self.modules = modules
  }

  var allowed: Set<String> { Set(rooms + modules) }

  /// The row of the table in docs/ARCHITECTURE.md.
  var pageRow: String {
    let cells = ["`\(room)`", rooms.joined(separator: ", "), modules.joined(separator: ", ")]
    return "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
  }
}

/// The table of arrows.
enum Arrows {
  /// Modules that come with the toolchain; `KernelRule` says what kernel rooms may not do with them.
  static let platform: Set<String> = [
    "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization",
  ]

  static let kernel: Set<String> = ["CVectorKernels", "IndexModel", "VectorIndex", "TierEngine"]

  static let table: [Arrow] = [
    Arrow("CVectorKernels"),
    Arrow("IndexModel"),
    Arrow("VectorIndex", rooms: ["CVectorKernels", "IndexModel"]),
    Arrow("TierEngine", rooms: ["IndexModel", "VectorIndex"], modules: ["Atomics", "DequeModule"]),

    Arrow("CLMDB"),
    Arrow("CRdKafka"),
    Arrow("LMDB", rooms: ["CLMDB"]),
    Arrow("ItemStore", rooms: ["LMDB", "IndexModel", "TierEngine"]),
    Arrow("KafkaClient", rooms: ["CRdKafka"]),
    Arrow("EventSource", rooms: ["KafkaClient", "IndexModel", "TierEngine", "Telemetry"]),
    Arrow(
      "Embedding", rooms: ["CVectorKernels", "VectorIndex", "IndexModel", "TierEngine", "Telemetry"],
      modules: ["Crypto"]),
    Arrow("SegmentFiles", rooms: ["VectorIndex", "IndexModel", "TierEngine"]),
    Arrow("Topology", rooms: ["IndexModel"], modules: ["Yams"]),
    Arrow("Telemetry", rooms: ["IndexModel"], modules: ["Logging", "Metrics"]),
    Arrow(
      "SearchService", rooms: ["IndexModel", "TierEngine", "Telemetry"],
      modules: ["Hummingbird", "HTTPTypes", "NIOCore", "Crypto", "ServiceLifecycle", "Logging"]),
    Arrow(
      "Freshet",
      rooms: [
        "IndexModel", "VectorIndex", "TierEngine", "ItemStore", "KafkaClient", "EventSource", "Embedding",
        "SegmentFiles", "Topology", "Telemetry", "SearchService",
      ],
      modules: ["ServiceLifecycle", "Logging", "Metrics"]),
    Arrow("FreshetCommand", rooms: ["Freshet"], modules: ["ArgumentParser", "AsyncHTTPClient"]),
    Arrow("FreshetDemo", rooms: ["IndexModel", "KafkaClient"], modules: ["ArgumentParser", "AsyncHTTPClient"]),
    Arrow("SearchInProcess", rooms: ["Freshet"]),
    Arrow(
      "FreshetBench",
      rooms: ["Freshet", "KafkaClient", "LMDB", "Embedding", "TierEngine", "VectorIndex", "IndexModel"],
      modules: ["ArgumentParser"]),
    Arrow("TestKit", rooms: ["IndexModel", "VectorIndex", "TierEngine", "KafkaClient"]),
  ]
}
