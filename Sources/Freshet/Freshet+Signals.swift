// Owns running as a process of its own: SIGTERM and SIGINT end it gracefully.

import Logging
import ServiceLifecycle

extension Freshet {
  /// Runs until SIGTERM or SIGINT, then drains and returns; a shutdown that takes longer than the topology allows is
  /// cut short. Throws what ended it otherwise.
  public func runUntilSignalled() async throws {
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: self)], gracefulShutdownSignals: [.sigterm, .sigint],
      logger: LogOutput.logger(for: topology))
    configuration.maximumGracefulShutdownDuration = .seconds(topology.serve.shutdownSecondsMax)
    try await ServiceGroup(configuration: configuration).run()
  }
}
