// Owns the program under show: `freshet run` as a child. Invariant: it dies with this process, also when this process
// is killed, and its exit status is known once it has ended.

import Foundation
import Synchronization

/// A running `freshet`, which inherits the terminal and draws its status there.
final class FreshetProcess: Sendable {
  private struct State {
    var identifier: Int32?
    var exitStatus: Int32?
  }

  private let state = Mutex(State())

  /// Starts `program` with these arguments, with `environment` added to this process's own.
  init(program: String, arguments: [String], environment: [String: String]) async throws {
    let merged = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
      // The system ends the child when the *thread* that started it ends, so that thread stays until the child is gone.
      let thread = Thread { self.live(program, arguments, merged, started) }
      thread.name = "freshet-run"
      thread.start()
    }
  }

  /// How it ended: 128 and the signal's number where a signal ended it; `nil` while it runs.
  var exitStatus: Int32? { state.withLock { $0.exitStatus } }

  /// Asks it to end in order.
  func terminate() {
    send(SIGTERM)
  }

  private func send(_ signal: Int32) {
    state.withLock { state in
      if let identifier = state.identifier, state.exitStatus == nil { _ = kill(identifier, signal) }
    }
  }

  /// Waits until it has ended and returns its exit status. Throws `CancellationError`.
  func waitUntilExit() async throws -> Int32 {
    while true {
      if let exitStatus { return exitStatus }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Waits until it has ended, at most so long; `nil` where it still runs, and is then killed.
  func exitStatus(withinSeconds limit: Int) async throws -> Int32? {
    let deadline = ContinuousClock.now + .seconds(limit)
    while ContinuousClock.now < deadline {
      if let exitStatus { return exitStatus }
      try await Task.sleep(for: .milliseconds(50))
    }
    send(SIGKILL)
    return nil
  }

  private func live(
    _ program: String, _ arguments: [String], _ environment: [String: String],
    _ started: CheckedContinuation<Void, any Error>
  ) {
    Self.acceptSignals()
    let process = Process()
    let launcher = "/usr/bin/setpriv"
    let canTieDeath = FileManager.default.isExecutableFile(atPath: launcher)
    process.executableURL = URL(filePath: canTieDeath ? launcher : program)
    process.arguments = canTieDeath ? ["--pdeathsig", "KILL", "--", program] + arguments : arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      started.resume(throwing: error)
      return
    }
    state.withLock { $0.identifier = process.processIdentifier }
    started.resume()
    process.waitUntilExit()
    let status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
    state.withLock { $0.exitStatus = status }
  }

  /// Unblocks every signal in this thread, because a child inherits what is blocked.
  private static func acceptSignals() {
    var none = sigset_t()
    // SAFETY: the set is initialised by the first call and read by the second one.
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
  }
}
