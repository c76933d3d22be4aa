// Owns the option that names a topology file, for commands that cannot do without one.

import ArgumentParser
import Freshet

/// A required topology.
struct TopologyOption: ParsableArguments {
  @Option(
    name: [.short, .long], help: ArgumentHelp("The pipeline's topology.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var topology: String

  /// The topology, complete and checked. Throws `TopologyError`.
  func load() throws -> FreshetTopology { try TopologyFile.load(topology) }
}
