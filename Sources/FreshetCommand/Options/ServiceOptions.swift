// Owns how a command finds the running service. Invariant: the API key comes from the environment alone, because the
// process list shows arguments to everybody.

import ArgumentParser
import Foundation
import Freshet

/// Where the service is and how long to wait for it.
struct ServiceOptions: ParsableArguments {
  /// Where a service listens whose topology says nothing.
  static let defaultURL = "http://127.0.0.1:8080"
  static let keyVariable = "FRESHET_API_KEY"

  @Option(
    help: ArgumentHelp("The service's address, such as \(defaultURL).", valueName: "url"))
  var url: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("A topology whose `serve` says where the service listens.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var topology: String?

  @Option(help: ArgumentHelp("How long to wait for an answer.", valueName: "seconds"))
  var timeout = 30

  func validate() throws {
    guard timeout > 0 else { throw ValidationError("--timeout must be positive") }
    guard url == nil || topology == nil else { throw ValidationError("give --url or --topology, not both") }
    if let url {
      guard let parsed = URL(string: url), let scheme = parsed.scheme, ["http", "https"].contains(scheme),
        parsed.host() != nil
      else { throw ValidationError("--url must be like \(Self.defaultURL)") }
    }
  }

  /// The address without a slash at its end. Throws `TopologyError`, or a failure where the topology says port 0.
  func baseURL() throws -> String {
    if let url { return url.hasSuffix("/") ? String(url.dropLast()) : url }
    guard let topology else { return Self.defaultURL }
    let serve = try TopologyFile.load(topology).serve
    guard serve.port != 0 else {
      throw CommandFailure(.refused, "\(topology) lets the service take any free port; name it with --url")
    }
    return ListeningAddress(host: Self.reachable(serve.host), port: serve.port).description
  }

  /// A wildcard address is one to listen on, not to connect to.
  private static func reachable(_ host: String) -> String {
    switch host {
    case "0.0.0.0": "127.0.0.1"
    case "::": "::1"
    default: host
    }
  }
}
