// Owns where the development broker's program is. Invariant: it is named by the environment or found in the project's
// own folder, never searched for on the path.

import Foundation

/// The program that development and tests run as a broker.
public enum DevBrokerProgram {
  /// The environment variable that names the program.
  public static let variable = "FRESHET_DEV_BROKER"
  /// Where `make broker` puts it, from the project's folder.
  public static let relativePath = ".freshet/broker/noida-db"

  /// The program's path: the environment's, else the one in `folder` or the nearest folder above it. Throws
  /// `.devBroker` where there is none.
  public static func locate(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    from folder: String = FileManager.default.currentDirectoryPath
  ) throws(KafkaError) -> String {
    if let named = environment[variable], !named.isEmpty {
      guard FileManager.default.isExecutableFile(atPath: named) else {
        throw KafkaError.devBroker("\(variable)=\(named) is no program; run `make broker` and unset the variable")
      }
      return named
    }
    var level = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
    while true {
      let candidate = level.appendingPathComponent(relativePath).path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      let above = level.deletingLastPathComponent().standardizedFileURL
      guard above.path != level.path, level.path != "/" else { break }
      level = above
    }
    throw KafkaError.devBroker("no \(relativePath) in \(folder) or above it; run `make broker` to fetch it")
  }
}

extension KafkaError {
  /// A failure of the development broker.
  static func devBroker(_ context: String) -> KafkaError {
    KafkaError(code: .devBroker, name: "dev-broker", context: context)
  }
}
