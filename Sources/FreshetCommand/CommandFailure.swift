// Owns the mapping from every error that a subcommand meets to what is printed and how the process ends. Invariant: no
// error is shown as a type's name or a stack.

import ArgumentParser
import Foundation
import Freshet

/// A failure with its message and status.
struct CommandFailure: Error, Equatable {
  let status: CommandStatus
  let message: String

  init(_ status: CommandStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// What an error of a running command means; `nil` for ArgumentParser's own, which print themselves.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as TopologyError: self.init(.refused, error.description)
    case let refusal as EventProducer.Refusal: self.init(.refused, refusal.description)
    case let error as StoreError: self.init(error.code == .locked ? .unavailable : .failed, error.description)
    case let error as EventSourceError: self.init(Self.status(error.code), error.description)
    case let error as KafkaError: self.init(Self.status(error.code), error.description)
    case is ExitCode, is ValidationError, is CleanExit: return nil
    default:
      // A wish for help is an error too, and has no public type: ArgumentParser knows it by another status.
      guard FreshetCommand.exitCode(for: error) == .failure else { return nil }
      self.init(.failed, "\(error)")
    }
  }

  private static func status(_ code: EventSourceError.Code) -> CommandStatus {
    switch code {
    case .unavailable: .unavailable
    case .denied: .denied
    case .configuration: .refused
    case .positionLost, .logReplaced, .missing: .failed
    }
  }

  private static func status(_ code: KafkaError.Code) -> CommandStatus {
    switch code {
    case .unreachable, .allUnreachable, .timedOut, .transient: .unavailable
    case .authentication, .authorization: .denied
    case .configuration, .recordTooLarge: .refused
    default: .failed
    }
  }
}
