// Owns the promises of the command line itself: what it understands, and what it says where it does not.

import ArgumentParser
import Testing

@testable import Freshet
@testable import FreshetCommand

@Suite("Command line")
struct CommandLineTests {
  @Test(
    "a slip in a command's name is answered with what was meant",
    arguments: [
      (["serch", "x"], "'freshet' has no command 'serch'; did you mean 'search'?"),
      (["stauts"], "'freshet' has no command 'stauts'; did you mean 'status'?"),
      (["dead-leters", "list"], "'freshet' has no command 'dead-leters'; did you mean 'dead-letters'?"),
      (["topology", "feilds"], "'freshet topology' has no command 'feilds'; did you mean 'fields'?"),
      (["dead-letters", "ls-all"], "'freshet dead-letters' has no command 'ls-all'; known are list"),
    ])
  func slips(arguments: [String], message: String) {
    let found = UnknownCommand.found(in: arguments[...], of: FreshetCommand.self)
    #expect(found?.description == message)
  }

  @Test(
    "what is a command, an option or an argument is left alone",
    arguments: [
      [], ["search", "serch"], ["get", "topology"], ["--help"], ["help", "run"], ["topology", "fields", "--json"],
      ["dead-letters", "list", "x"], ["--generate-completion-script", "bash"], ["check", "run"],
    ])
  func known(arguments: [String]) {
    #expect(UnknownCommand.found(in: arguments[...], of: FreshetCommand.self) == nil)
  }

  @Test(
    "every command parses as its help shows it",
    arguments: [
      ["run", "--topology", "a.yaml"], ["run", "-t", "a.yaml", "--status", "none", "--every", "5"],
      ["check", "a.yaml", "b.yaml", "--json"], ["search", "draw", "diagrams"],
      ["search", "--like", "graphviz", "-k", "5", "--attributes"],
      ["search", "--vector", "q.json", "--model", "m", "--tiers", "main", "--ef", "200"],
      ["get", "graphviz", "--vector", "--json"], ["produce", "--topology", "a.yaml", "events.jsonl"],
      ["produce", "-t", "a.yaml", "-"], ["rebuild", "--reason", "new prices"], ["status", "--watch"],
      ["status", "--url", "https://example.org:1/base"], ["inspect", "store"], ["inspect", "-t", "a.yaml", "--json"],
      ["dead-letters", "list", "--store", "folder", "--limit", "5"], ["topology", "fields", "--markdown"],
    ])
  func parses(arguments: [String]) throws {
    _ = try FreshetCommand.parseAsRoot(arguments)
  }

  @Test(
    "what contradicts itself is a usage error",
    arguments: [
      ["run"], ["run", "-t", "a.yaml", "--every", "0"], ["run", "-t", "a.yaml", "--status", "loud"], ["check"],
      ["search"], ["search", "x", "--like", "y"], ["search", "x", "--model", "m"], ["search", "x", "--vectors"],
      ["get"], ["get", ""], ["produce", "x"], ["status", "--watch", "--json"], ["status", "--url", "nowhere"],
      ["status", "--url", "ftp://x"], ["status", "--url", "http://x", "-t", "a.yaml"], ["status", "--timeout", "0"],
      ["inspect"], ["inspect", "store", "-t", "a.yaml"], ["dead-letters", "list", "--limit", "0"],
      ["dead-letters", "list", "--store", "x", "--url", "http://x"],
    ])
  func contradictions(arguments: [String]) {
    #expect { try FreshetCommand.parseAsRoot(arguments) } throws: { error in
      FreshetCommand.exitCode(for: error).rawValue == CommandStatus.usage.rawValue
    }
  }

  @Test("every command's help has an example, and the root lists every exit status")
  func help() {
    for command in FreshetCommand.configuration.subcommands {
      let help = FreshetCommand.helpMessage(for: command, columns: 100)
      let name = command.configuration.commandName ?? ""
      #expect(help.contains("  freshet \(name)"), "\(name)")
    }
    let root = FreshetCommand.helpMessage(columns: 500)
    for status in CommandStatus.allCases { #expect(root.contains("\(status.rawValue) "), "\(status)") }
  }

  @Test("a wish for help is no failure", arguments: [["--help"], ["search", "--help"], ["help", "run"], []])
  func helpWish(arguments: [String]) throws {
    let error = try #require(throws: (any Error).self) {
      var command = try FreshetCommand.parseAsRoot(arguments)
      try command.run()
    }
    #expect(CommandFailure(error) == nil)
    #expect(FreshetCommand.exitCode(for: error) == .success)
  }

  @Test("the service is found by --url, by a topology's serve, or at the default address")
  func addresses() throws {
    func base(_ arguments: [String]) throws -> String { try ServiceOptions.parse(arguments).baseURL() }
    #expect(try base([]) == "http://127.0.0.1:8080")
    #expect(try base(["--url", "https://example.org/"]) == "https://example.org")
    #expect(throws: TopologyError.self) { try base(["--topology", "/nowhere.yaml"]) }
  }

  @Test("each failure has its status")
  func statuses() {
    #expect(CommandFailure(StoreError(code: .locked, message: "m"))?.status == .unavailable)
    #expect(CommandFailure(StoreError(code: .corrupt, message: "m"))?.status == .failed)
    #expect(CommandFailure(EventSourceError(code: .denied, message: "m"))?.status == .denied)
    #expect(CommandFailure(EventSourceError(code: .unavailable, message: "m"))?.status == .unavailable)
    #expect(CommandFailure(EventProducer.Refusal(reason: "id: missing"))?.message == "id: missing")
    struct Unforeseen: Error {}
    #expect(CommandFailure(Unforeseen())?.status == .failed)
    #expect(CommandFailure(ExitCode(2)) == nil)
  }
}
