// Owns the exit statuses of every subcommand: the one place where they are listed.

/// How the process ends.
enum CommandStatus: Int32, CaseIterable {
  /// It did what was asked.
  case done = 0
  /// It failed: a fault of the service, of a store, of a broker.
  case failed = 1
  /// The input is refused: a topology, an event, a request.
  case refused = 2
  /// There is no such item.
  case notFound = 3
  /// The command line is not understood; ArgumentParser's own status.
  case usage = 64
  /// The service, the broker or the store cannot be reached now: try again.
  case unavailable = 69
  /// The API key or the credentials are missing or do not allow it.
  case denied = 77

  private var meaning: String {
    switch self {
    case .done: "done"
    case .failed: "failed"
    case .refused: "the input is refused: a topology, an event, a request"
    case .notFound: "no such item"
    case .usage: "the command line is not understood"
    case .unavailable: "the service, the broker or the store cannot be reached now"
    case .denied: "the API key or the credentials are missing or do not allow it"
    }
  }

  /// The list for `--help`.
  static var explanation: String {
    "Exit statuses: " + allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ") + "."
  }
}
