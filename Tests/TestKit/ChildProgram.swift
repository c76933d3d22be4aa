// Owns one program that a test runs. Invariant: it dies with the test process, also when that is killed, and how it
// ended is known once it has ended.

import Foundation
import Synchronization

/// A child process with a thread that waits for its end.
public final class ChildProgram: Sendable {
  /// How a program ended.
  public enum Ending: Sendable, Hashable {
    /// By itself, with this status.
    case exited(Int32)
    /// By this signal.
    case killed(signal: Int32)
  }

  /// The process's number.
  public let identifier: Int32
  private let ending: EndingMoment

  /// Starts `program` with `environment` added to this process's own; its outputs replace the files `output` and
  /// `errors`. Throws where it cannot be started.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], output: String, errors: String
  ) throws {
    let ending = EndingMoment()
    let start = StartOutcome()
    // The system ends the child when the *thread* that started it ends, so that thread stays until the child is gone.
    let thread = Thread {
      Self.acceptSignals()
      let process = Process()
      do {
        try Self.describe(process, program, arguments, environment, output, errors)
        try process.run()
      } catch {
        start.tell(.failure(error))
        return
      }
      start.tell(.success(process.processIdentifier))
      process.waitUntilExit()
      ending.reach(
        process.terminationReason == .uncaughtSignal
          ? .killed(signal: process.terminationStatus) : .exited(process.terminationStatus))
    }
    thread.name = "child-program"
    thread.start()
    identifier = try start.get()
    self.ending = ending
  }

  deinit {
    end()
  }

  /// How the program ended; `nil` where it still runs after `milliseconds`. Blocks no thread of the cooperative pool.
  public func ending(withinMilliseconds milliseconds: Int) async -> Ending? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [ending] in continuation.resume(returning: ending.wait(milliseconds)) }
    }
  }

  /// Asks the program to end, as a service manager does.
  public func terminate() {
    send(SIGTERM)
  }

  /// Kills the program where it still runs.
  public func end() {
    send(SIGKILL)
  }

  private func send(_ signal: Int32) {
    if ending.wait(0) == nil { _ = kill(identifier, signal) }
  }

  private static func describe(
    _ process: Process, _ program: String, _ arguments: [String], _ environment: [String: String], _ output: String,
    _ errors: String
  ) throws {
    let launcher = "/usr/bin/setpriv"
    let canTieDeath = FileManager.default.isExecutableFile(atPath: launcher)
    process.executableURL = URL(filePath: canTieDeath ? launcher : program)
    process.arguments = canTieDeath ? ["--pdeathsig", "KILL", "--", program] + arguments : arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try emptied(output)
    process.standardError = try emptied(errors)
  }

  private static func emptied(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(filePath: path))
    return try FileHandle(forWritingTo: URL(filePath: path))
  }

  /// Unblocks every signal in this thread, because a child inherits what is blocked.
  private static func acceptSignals() {
    var none = sigset_t()
    // SAFETY: the set is initialised by the first call and read by the second one.
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
  }
}

/// The one moment at which a program has ended.
private final class EndingMoment: Sendable {
  private let ending = Mutex<ChildProgram.Ending?>(nil)
  private let group = DispatchGroup()

  init() {
    group.enter()
  }

  func reach(_ ending: ChildProgram.Ending) {
    self.ending.withLock { $0 = ending }
    group.leave()
  }

  func wait(_ milliseconds: Int) -> ChildProgram.Ending? {
    _ = group.wait(timeout: .now() + .milliseconds(milliseconds))
    return ending.withLock { $0 }
  }
}

/// What came of a start, told by one thread and awaited by another.
private final class StartOutcome: Sendable {
  private let told = DispatchSemaphore(value: 0)
  private let outcome = Mutex<Result<Int32, any Error>?>(nil)

  func tell(_ result: Result<Int32, any Error>) {
    outcome.withLock { $0 = result }
    told.signal()
  }

  func get() throws -> Int32 {
    told.wait()
    return try outcome.withLock { $0 }?.get() ?? 0
  }
}
