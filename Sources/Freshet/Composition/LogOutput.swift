// Owns where log lines go: standard error, in the topology's format and at its level.

import Logging
import Telemetry
import Topology

/// Makes an index's logger.
enum LogOutput {
  static func logger(for topology: FreshetTopology) -> Logger {
    let format: LogFormat = topology.log.format == .json ? .json : .text
    let level = Logger.Level(topology.log.level)
    var logger = Logger(label: "freshet") { _ in FreshetLogHandler(label: "freshet", level: level, format: format) }
    logger[metadataKey: "pipeline"] = "\(topology.name)"
    return logger
  }
}

extension Logger.Level {
  init(_ level: LogSettings.Level) {
    self =
      switch level {
      case .trace: .trace
      case .debug: .debug
      case .info: .info
      case .notice: .notice
      case .warning: .warning
      case .error: .error
      case .critical: .critical
      }
  }
}
