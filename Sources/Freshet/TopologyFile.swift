// Owns reading a topology file with the process's environment.

import Foundation
import Topology

/// Topology files, as the process sees them.
public enum TopologyFile {
  /// Reads, completes and checks the file. `environment` resolves `${NAME}` references; `nil` takes the process's.
  /// Throws `TopologyError` with every problem found.
  public static func load(_ path: String, environment: [String: String]? = nil) throws -> FreshetTopology {
    try FreshetTopology.load(path: path, environment: environment ?? ProcessInfo.processInfo.environment)
  }
}
