// Owns the promises of `freshet run` as a process: it ends in order, and shares its store with nobody.

import Foundation
import TestKit
import Testing

@Suite("freshet run as a process", .serialized, .timeLimit(.minutes(5)))
struct ServiceProcessTests {
  @Test("SIGTERM drains and exits 0, and what was applied is there at the next start")
  func terminated() async throws {
    let stage = try LineLogStage(count: 100, logLevel: "info")
    for _ in 0..<2 {
      let program = try start(stage, "run")
      defer { program.end() }
      let client = try await client(of: stage, "run")
      try await eventually("all items") { try await client.get("/v1/status").json()["items"] as? Int == 100 ? () : nil }
      #expect(try await client.get("/v1/status").json()["durableSequence"] as? Int == 100)
      program.terminate()
      #expect(await program.ending(withinMilliseconds: 30_000) == .exited(0), "\(stage.folder.text(of: "run.errors"))")
    }
  }

  @Test("a second process on the same store ends at once with a status of its own, and names the folder")
  func secondProcess() async throws {
    let stage = try LineLogStage(count: 10, logLevel: "info")
    let first = try start(stage, "first")
    defer { first.end() }
    let client = try await client(of: stage, "first")
    let second = try start(stage, "second")
    defer { second.end() }
    #expect(await second.ending(withinMilliseconds: 30_000) == .exited(69))
    #expect(stage.folder.text(of: "second.errors").contains(stage.folder.path + "/store"))
    #expect(try await client.get("/healthz").status == 200, "the first one is not disturbed")
    first.terminate()
    #expect(await first.ending(withinMilliseconds: 30_000) == .exited(0))
  }

  private func start(_ stage: LineLogStage, _ name: String) throws -> ChildProgram {
    try ChildProgram(
      BuiltProgram.freshet, ["run", "--topology", stage.topology, "--status", "none"],
      output: "\(stage.folder.path)/\(name).output", errors: "\(stage.folder.path)/\(name).errors")
  }

  /// A client of the address that the process's log tells.
  private func client(of stage: LineLogStage, _ name: String) async throws -> IndexClient {
    try await eventually("the address in the log of \(name)") {
      let log = stage.folder.text(of: "\(name).errors")
      return log.firstMatch(of: #/http://127\.0\.0\.1:\d+\b/#).map { IndexClient(address: String($0.output)) }
    }
  }
}
