// Owns what the client library reported until the reading thread takes it. Invariant: the library's thread of control
// never runs the source's logic.

import KafkaClient
import Synchronization

/// The events of a source's client, gathered by `poll`.
final class ClientInbox: Sendable {
  /// What was gathered since the last take.
  struct Contents {
    /// No broker was left, and why.
    var outage: KafkaError?
    /// Results of commits; `nil` is success.
    var commits: [KafkaError?] = []
    /// A failure after which the client is useless.
    var fatal: KafkaError?
  }

  private struct State {
    var contents = Contents()
    var lastFailure: KafkaError?
    var refusal: KafkaError?
  }

  private let state = Mutex(State())
  private let onNotice: SourceNoticeHandler

  init(onNotice: @escaping SourceNoticeHandler) {
    self.onNotice = onNotice
  }

  /// The newest failure that the client reported on its own account.
  var lastFailure: KafkaError? { state.withLock { $0.lastFailure } }
  /// The newest refusal of credentials or access.
  var refusal: KafkaError? { state.withLock { $0.refusal } }

  /// Lets a refusal of the past be: the next question to the brokers brings its own.
  func forgetRefusal() {
    state.withLock { $0.refusal = nil }
  }

  /// Takes what was gathered.
  func take() -> Contents {
    state.withLock { state in
      defer { state.contents = Contents() }
      return state.contents
    }
  }

  /// The client's event handler.
  func receive(_ event: KafkaClientEvent) {
    switch event {
    case .log(let level, let facility, let message):
      onNotice(.clientLog(level: level, message: "\(facility): \(message)"))
    case .failure(let error):
      state.withLock { state in
        switch error.code {
        case .fatal: state.contents.fatal = error
        case .authentication, .authorization: state.refusal = error
        case .allUnreachable: state.contents.outage = state.lastFailure ?? error
        default: break
        }
        state.lastFailure = error
      }
    case .committed(_, let error):
      state.withLock { $0.contents.commits.append(error) }
    case .statistics, .unhandled:
      return
    }
  }
}
