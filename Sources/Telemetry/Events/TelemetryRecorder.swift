// Owns the one place where an event becomes a log line and metric updates.

import Logging

/// Takes events from any thread. Cheap: one short lock per metric update, and a log line only where its level is on.
public struct TelemetryRecorder: Sendable {
  private let logger: Logger
  private let registry: PrometheusRegistry

  /// Sends log lines to `logger` and metric updates to `registry`.
  public init(logger: Logger, registry: PrometheusRegistry) {
    self.logger = logger
    self.registry = registry
  }

  /// Takes one event.
  public func record(_ event: TelemetryEvent) {
    for update in event.updates { registry.apply(update) }
    let level = event.level
    guard logger.logLevel <= level else { return }
    let kind = event.kind
    logger.log(
      level: level, "\(kind.message)",
      metadata: event.fields.merging(["event": "\(kind.rawValue)"]) { _, new in new })
  }
}
