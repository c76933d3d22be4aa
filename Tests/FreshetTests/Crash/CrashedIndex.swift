// Owns one index that is killed again and again: its folder, its log, and what its store must hold. Invariant: only
// the real program writes the store; between two runs it is looked at.

import Foundation
import Freshet
import IndexModel
import ItemStore
import SegmentFiles
import TestKit
import Testing
import TierEngine
import VectorIndex

/// An index in a folder of its own.
struct CrashedIndex {
  private let folder: TestFolder
  private let building: String
  private let quiet: String
  private var log: ChangeLog
  private var oracle = PrefixOracle()
  /// The generations that the store named when it was last checked.
  private var generations: [GenerationRecord] = []
  /// The highest number of a generation that was ever named.
  private(set) var lastGeneration: UInt64 = 0

  init(domain: VersionDomain, seed: UInt64) throws {
    folder = try TestFolder()
    log = try ChangeLog(path: folder.path + "/events.jsonl", domain: domain, seed: seed)
    building = try folder.write(
      Self.topology(
        domain, folder.path, rebuild: "{rowsMin: 1, freshRowsMin: 8, growthShare: 0.01, checkMilliseconds: 10}"),
      to: "building.yaml")
    quiet = try folder.write(
      Self.topology(domain, folder.path, rebuild: "{rowsMin: 1_000_000}"), to: "quiet.yaml")
  }

  /// Commits of few rows and generations at every chance.
  private static func topology(_ domain: VersionDomain, _ folder: String, rebuild: String) -> String {
    """
    name: crash
    version: \(domain.rawValue)
    source: {kind: jsonl, jsonl: {path: \(folder)/events.jsonl}}
    embed: {kind: none, none: {model: {name: test, dimension: \(ChangeLog.dimension)}}}
    store: {path: \(folder)/store, mapBytesMax: 268435456, commitRowsMax: 4}
    tiers:
      main:
        m: 8
        efConstruction: 32
        buildCoresMax: 2
        probe: {queries: 20, recallMin: 0.5, selfSample: 20, reachabilityMin: 0.5}
        rebuild: \(rebuild)
    serve: {port: 0}
    log: {level: error}
    """
  }

  /// Runs the program on a log that goes on growing until it kills itself, and checks that it did so at that place.
  mutating func crash(at failpoint: Failpoint, passage: Int, backlog: Int) async throws {
    try log.append(backlog)
    let program = try run(["FRESHET_FAILPOINT": "\(failpoint.rawValue):\(passage)"])
    defer { program.end() }
    var ending: ChildProgram.Ending?
    for _ in 0..<2000 where ending == nil {
      ending = await program.ending(withinMilliseconds: 20)
      if ending == nil { try log.append(20) }
    }
    #expect(ending == .killed(signal: SIGKILL))
    let errors = folder.text(of: "errors")
    #expect(errors.hasSuffix("failpoint \(failpoint.rawValue): killing process \(program.identifier)\n"), "\(errors)")
  }

  /// Lets the program read its log to the end, and ends it in order.
  mutating func catchUp() async throws {
    let program = try run([:])
    defer { program.end() }
    let end = log.end
    _ = try await eventually("the store at its log's end, \(end)") {
      try readStore { store in try store.read { try $0.positions().values.first?.nextOffset == end ? true : nil } }
    }
    program.terminate()
    #expect(await program.ending(withinMilliseconds: 30_000) == .exited(0), "\(folder.text(of: "errors"))")
  }

  private func run(_ environment: [String: String]) throws -> ChildProgram {
    try ChildProgram(
      BuiltProgram.freshet, ["run", "--topology", building, "--status", "none"], environment: environment,
      output: folder.path + "/output", errors: folder.path + "/errors")
  }

  private func readStore<Result>(_ body: (LMDBItemStore) throws -> Result) throws -> Result {
    let store = try LMDBItemStore.open(
      StoreConfiguration(folder: folder.path + "/store", metadata: nil, mapBytesMax: 268_435_456, isReadOnly: true))
    defer { store.close() }
    return try body(store)
  }

  /// Checks that the store is whole and holds exactly the prefix of the log that it says; that every generation it
  /// names is whole; and that a segment which was cut short stands under no generation's name.
  mutating func checkStore(after failpoint: Failpoint?, _ context: Comment) throws {
    let (report, differences) = try readStore { store in
      let report = try StoreInspection.run(store)
      let position = report.positions.values.first?.nextOffset ?? 0
      let before = oracle.position
      let isPrefix = oracle.advance(to: position, of: log)
      #expect(isPrefix, "no prefix that goes on from \(before) ends at \(position)")
      return (report, try store.read { try oracle.differences(from: $0) })
    }
    generations = report.generations
    #expect(report.violations.isEmpty, context)
    #expect(differences.isEmpty, context)
    let segments = SegmentFolder(path: folder.path + "/store/segments", failpoint: { _ in })
    for record in generations {
      #expect(record.state != .rejected, context)
      #expect(try segments.open(record.file).watermark.rawValue == record.watermark, context)
      lastGeneration = max(lastGeneration, record.number)
    }
    #expect(generations.filter { $0.state == .promoted }.count <= 1, context)
    let unnamed = Set(folder.names(in: "store/segments")).subtracting(generations.map(\.file.name))
    switch failpoint {
    case .midSegmentWrite: #expect(unnamed.contains { $0.hasSuffix(".building") }, context)
    case .betweenRenameAndRecord: #expect(unnamed.contains { $0.hasSuffix(".segment") }, context)
    case .beforeCommit, .afterCommitBeforePublish, nil: break
    }
  }

  /// Opens the index as a program of its own would, and checks that it serves exactly what the store holds, from the
  /// newest generation that was recorded, and that leftovers are gone.
  mutating func checkService(_ context: Comment) async throws {
    let freshet = try await Freshet.open(topology: quiet)
    do {
      try await checkAnswers(of: freshet, context)
    } catch {
      await freshet.close()
      throw error
    }
    await freshet.close()
  }

  private mutating func checkAnswers(of freshet: Freshet, _ context: Comment) async throws {
    #expect(folder.names(in: "store/segments") == generations.map(\.file.name).sorted(), context)
    let status = try await freshet.status()
    #expect(status.main?.generation == generations.map(\.number).max(), context)
    #expect(status.searchableSequence.rawValue == oracle.lastSequence, context)

    var query = log.makeVector()
    _ = VectorMath.normalize(&query)
    let answer = try await freshet.search(
      SearchRequest(query: .vector(query, model: nil), k: ChangeLog.ids.count, includesAttributes: true))
    #expect(Set(answer.hits.map(\.id)) == Set(oracle.items.keys), context)
    #expect(answer.hits.count == oracle.items.count, context)
    #expect(answer.hits.map(\.score) == answer.hits.map(\.score).sorted(by: >), context)
    for hit in answer.hits {
      guard let item = oracle.items[hit.id] else { continue }
      #expect(abs(hit.score - VectorMath.score(query.span, item.vector.span, metric: .cosine)) < 1e-5, context)
      #expect(hit.sequence.rawValue == item.sequence, context)
      #expect(hit.attributes == ["colour": .integer(item.colour)], context)
    }
  }
}
