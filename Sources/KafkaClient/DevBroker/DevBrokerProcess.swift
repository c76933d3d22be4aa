// Owns one running broker program. Invariant: the program dies with this process, also when this process is killed.

import Foundation
import Synchronization

/// A child process with a thread that waits for it.
final class DevBrokerProcess: Sendable {
  let identifier: Int32
  private let ending: Ending

  /// Starts `program`; its output goes to the file `log`.
  init(program: String, arguments: [String], log: FileHandle) throws(KafkaError) {
    let ending = Ending()
    let outcome = StartOutcome()
    // The system ends the child when the *thread* that started it ends, so that thread stays until the child is gone.
    let thread = Thread {
      Self.acceptSignals()
      let process = Process()
      let launcher = "/usr/bin/setpriv"
      let canTieDeath = FileManager.default.isExecutableFile(atPath: launcher)
      process.executableURL = URL(fileURLWithPath: canTieDeath ? launcher : program)
      process.arguments = canTieDeath ? ["--pdeathsig", "KILL", "--", program] + arguments : arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = log
      process.standardError = log
      do {
        try process.run()
      } catch {
        outcome.set(.failure(.devBroker("cannot start \(program): \(error)")))
        return
      }
      outcome.set(.success(process.processIdentifier))
      process.waitUntilExit()
      ending.reach()
    }
    thread.name = "dev-broker"
    thread.start()
    identifier = try outcome.get().get()
    self.ending = ending
  }

  /// Whether the program has not ended.
  var isRunning: Bool { !ending.isReached }

  /// Asks the program to end and waits; kills it where it does not end in time.
  func terminate(withinMilliseconds limit: Int) {
    signal(SIGTERM)
    if !ending.wait(milliseconds: limit) { end() }
  }

  /// Kills the program and waits until it is gone.
  func end() {
    signal(SIGKILL)
    _ = ending.wait(milliseconds: 10_000)
  }

  /// Unblocks every signal in this thread: a child inherits the mask, and a thread that was made from a worker thread
  /// of the cooperative pool blocks what the child is to be ended by.
  private static func acceptSignals() {
    // SAFETY: the set is initialised by the first call and read by the second one.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
  }

  private func signal(_ number: Int32) {
    if isRunning { _ = kill(identifier, number) }
  }
}

/// A moment that comes once and that many may wait for.
private final class Ending: Sendable {
  private let reached = Mutex(false)
  private let group = DispatchGroup()

  init() {
    group.enter()
  }

  var isReached: Bool { reached.withLock { $0 } }

  func reach() {
    reached.withLock { $0 = true }
    group.leave()
  }

  /// Whether the moment came within the time limit.
  func wait(milliseconds: Int) -> Bool {
    group.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
  }
}

/// What came of a start, told by one thread and awaited by another.
private final class StartOutcome: Sendable {
  private let told = DispatchSemaphore(value: 0)
  private let outcome = Mutex<Result<Int32, KafkaError>>(.failure(.devBroker("not started")))

  func set(_ result: Result<Int32, KafkaError>) {
    outcome.withLock { $0 = result }
    told.signal()
  }

  func get() -> Result<Int32, KafkaError> {
    told.wait()
    return outcome.withLock { $0 }
  }
}
