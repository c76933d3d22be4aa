// Owns the end of the process at a named place, for crash tests. Invariant: without the environment variable nothing
// happens; with it, the process ends by SIGKILL, so that no clean-up runs, after one line that proves where it was.

import Foundation
import Synchronization
import TierEngine

/// `FRESHET_FAILPOINT=name:n` ends the process at the n-th passage of the failpoint `name`.
enum CrashFailpoint {
  /// The variable that names the place.
  static let variable = "FRESHET_FAILPOINT"

  /// The handler that the environment asks for. Throws `InvalidFailpoint` where the variable names no failpoint.
  static func handler(environment: [String: String]) throws -> FailpointHandler {
    guard let text = environment[variable] else { return { _ in } }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let wanted = Failpoint(rawValue: String(parts[0])), let passage = Int(parts[1]), passage > 0
    else { throw InvalidFailpoint(text: text) }
    let remaining = PassageCounter(passage)
    return { failpoint in
      guard failpoint == wanted, remaining.isLast() else { return }
      FileHandle.standardError.write(Data("failpoint \(wanted.rawValue): killing process \(getpid())\n".utf8))
      kill(getpid(), SIGKILL)
    }
  }
}

/// A value of the variable that names no failpoint.
struct InvalidFailpoint: Error, CustomStringConvertible {
  let text: String

  var description: String {
    let names = Failpoint.allCases.map(\.rawValue).joined(separator: ", ")
    return "\(CrashFailpoint.variable)=\(text) is not NAME:PASSAGE with NAME one of \(names)"
  }
}

/// Counts passages down.
private final class PassageCounter: Sendable {
  private let remaining: Atomic<Int>

  init(_ passages: Int) {
    remaining = Atomic(passages)
  }

  /// Whether this is the passage that was waited for.
  func isLast() -> Bool { remaining.subtract(1, ordering: .relaxed).newValue == 0 }
}
