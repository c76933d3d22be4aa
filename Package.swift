// swift-tools-version: 6.2
// The rooms of Freshet and which room may import which. Tests/TidyTests holds the same table of arrows
// and compares it with every `import`.

import PackageDescription

let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]
let c: [CSetting] = [.treatAllWarnings(as: .error)]

/// A room: a target whose sources are our own Swift.
func room(_ name: String, imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: swift)
}

func tests(of name: String, imports: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: imports + ["TestKit"], resources: resources, swiftSettings: swift)
}

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let atomics = Target.Dependency.product(name: "Atomics", package: "swift-atomics")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let collections = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioSockets = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "freshet",
  products: [
    .executable(name: "freshet", targets: ["FreshetCommand"]),
    .executable(name: "freshet-demo", targets: ["FreshetDemo"]),
    .executable(name: "freshet-bench", targets: ["FreshetBench"]),
    .library(name: "Freshet", targets: ["Freshet"]),
    .library(name: "IndexModel", targets: ["IndexModel"]),
    .library(name: "VectorIndex", targets: ["VectorIndex"]),
    .library(name: "TierEngine", targets: ["TierEngine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-atomics", from: "1.3.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Kernel: no files, no network, no wall clock, no randomness that is not seeded.
    .target(name: "CVectorKernels", cSettings: c),
    room("IndexModel"),
    room("VectorIndex", imports: ["CVectorKernels", "IndexModel"]),
    room("TierEngine", imports: ["IndexModel", "VectorIndex", atomics, collections]),

    // Edge: one adapter per outside thing.
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    room("LMDB", imports: ["CLMDB"]),
    room("ItemStore", imports: ["LMDB", "IndexModel", "TierEngine"]),
    room("KafkaClient", imports: ["CRdKafka"]),
    room("EventSource", imports: ["KafkaClient", "IndexModel", "TierEngine", "Telemetry"]),
    room("Embedding", imports: ["CVectorKernels", "VectorIndex", "IndexModel", "TierEngine", "Telemetry", crypto]),
    room("SegmentFiles", imports: ["VectorIndex", "IndexModel", "TierEngine"]),
    room("Topology", imports: ["IndexModel", yams]),
    room("Telemetry", imports: ["IndexModel", log, metrics]),
    room(
      "SearchService",
      imports: [
        "IndexModel", "TierEngine", "Telemetry", hummingbird, httpTypes, nio, crypto, lifecycle, log,
      ]),
    room(
      "Freshet",
      imports: [
        "IndexModel", "VectorIndex", "TierEngine", "ItemStore", "KafkaClient", "EventSource", "Embedding",
        "SegmentFiles", "Topology", "Telemetry", "SearchService", lifecycle, log, metrics,
      ]),
    .executableTarget(
      name: "FreshetCommand", dependencies: ["Freshet", arguments, httpClient], swiftSettings: swift),

    // What `make demo` runs. It knows Freshet as any user does: by its topic, its command and its HTTP interface.
    .executableTarget(
      name: "FreshetDemo", dependencies: ["IndexModel", "KafkaClient", arguments, httpClient], swiftSettings: swift),

    // A program of a user's own, compiled and run by the suite.
    .executableTarget(
      name: "SearchInProcess", dependencies: ["Freshet"], path: "Examples/SearchInProcess", swiftSettings: swift),

    // What `make bench` runs; docs/adr/0003-benchmarks-in-the-package.md says why it is no package of its own.
    .executableTarget(
      name: "FreshetBench",
      dependencies: [
        "Freshet", "KafkaClient", "LMDB", "Embedding", "TierEngine", "VectorIndex", "IndexModel", arguments,
      ],
      path: "Benchmarks/FreshetBench", swiftSettings: swift),

    // Support.
    .target(
      name: "TestKit", dependencies: ["IndexModel", "VectorIndex", "TierEngine", "KafkaClient"],
      path: "Tests/TestKit", swiftSettings: swift),
    tests(of: "IndexModel", imports: ["IndexModel"]),
    tests(of: "VectorIndex", imports: ["VectorIndex", "CVectorKernels", "IndexModel"]),
    tests(of: "TierEngine", imports: ["TierEngine", "VectorIndex", "IndexModel"]),
    tests(of: "ItemStore", imports: ["ItemStore", "LMDB", "TierEngine", "VectorIndex", "IndexModel"]),
    tests(of: "KafkaClient", imports: ["KafkaClient"]),
    tests(of: "EventSource", imports: ["EventSource", "KafkaClient", "TierEngine", "IndexModel"]),
    tests(
      of: "Embedding", imports: ["Embedding", "VectorIndex", "IndexModel", "TierEngine"],
      resources: [.copy("Fixtures")]),
    tests(of: "SegmentFiles", imports: ["SegmentFiles", "VectorIndex", "TierEngine", "IndexModel"]),
    tests(of: "Topology", imports: ["Topology", "IndexModel"]),
    tests(of: "Telemetry", imports: ["Telemetry", "IndexModel", log, metrics]),
    tests(
      of: "SearchService",
      imports: [
        "SearchService", "TierEngine", "Telemetry", "IndexModel", httpClient, nio, nioSockets, crypto, lifecycle, log,
        yams,
      ]),
    tests(
      of: "Freshet",
      imports: [
        "Freshet", "FreshetCommand", "SearchInProcess", "IndexModel", "VectorIndex", "TierEngine", "ItemStore",
        "SegmentFiles", "EventSource", "KafkaClient", "Embedding", "Topology", httpClient,
      ]),
    tests(of: "FreshetDemo", imports: ["FreshetDemo"]),
    tests(
      of: "FreshetCommand",
      imports: ["FreshetCommand", "Freshet", "SearchService", "TierEngine", "IndexModel", arguments]),
    tests(of: "Tidy"),
  ]
)
