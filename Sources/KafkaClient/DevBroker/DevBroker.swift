// Owns a development broker: one program, one port, one data folder. Invariant: whatever happens, no program of ours
// is left running, and port and folder stay the same over a restart.

import Foundation
import Synchronization

/// A Kafka broker on loopback for development, demos and tests; not for production: it acknowledges before it is
/// durable. All methods block; from any thread.
public final class DevBroker: Sendable {
  /// Where it listens, on 127.0.0.1.
  public let port: UInt16
  /// Where it keeps its topics; the caller's to remove.
  public let dataFolder: String
  /// The file that takes the program's output.
  public let logPath: String
  private let program: String
  private let process = Mutex<DevBrokerProcess?>(nil)

  /// Chooses a free port unless one is given; starts nothing. Throws `.devBroker` where there is no program.
  public init(dataFolder: String, port: UInt16? = nil, program: String? = nil) throws(KafkaError) {
    if let program { self.program = program } else { self.program = try DevBrokerProgram.locate() }
    if let port { self.port = port } else { self.port = try LoopbackPort.free() }
    self.dataFolder = dataFolder
    logPath = dataFolder + "/broker.log"
  }

  deinit {
    kill()
  }

  /// Where clients connect.
  public var bootstrapServers: [String] { ["127.0.0.1:\(port)"] }

  /// The running program's process; `nil` while it is stopped.
  public var processIdentifier: Int32? { process.withLock { $0?.isRunning == true ? $0?.identifier : nil } }

  /// Starts the program and returns once it answers requests. Throws `.devBroker` where it ends early or does not
  /// answer in time, with the last lines of its log.
  public func start(timeoutMilliseconds: Int = 15_000) throws(KafkaError) {
    guard processIdentifier == nil else { return }
    let started = try DevBrokerProcess(
      program: program,
      arguments: ["start", "--only", "kafka", "--kafka-port", String(port), "--data-dir", dataFolder],
      log: try openLog())
    process.withLock { $0 = started }
    do {
      try awaitAnswer(of: started, timeoutMilliseconds: timeoutMilliseconds)
    } catch {
      kill()
      throw error
    }
  }

  /// Asks the program to save and end; kills it where it does not end in time. Idempotent.
  public func stop(timeoutMilliseconds: Int = 5_000) {
    take()?.terminate(withinMilliseconds: timeoutMilliseconds)
  }

  /// Ends the program at once, as a power failure would: records of the last second may be lost. Idempotent.
  public func kill() {
    take()?.end()
  }

  private func take() -> DevBrokerProcess? {
    process.withLock { running in
      defer { running = nil }
      return running
    }
  }

  private func openLog() throws(KafkaError) -> FileHandle {
    do {
      try FileManager.default.createDirectory(atPath: dataFolder, withIntermediateDirectories: true)
      if !FileManager.default.fileExists(atPath: logPath) {
        try Data().write(to: URL(fileURLWithPath: logPath))
      }
      let log = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
      try log.seekToEnd()
      return log
    } catch {
      throw KafkaError.devBroker("cannot write \(logPath): \(error)")
    }
  }

  private func awaitAnswer(of started: DevBrokerProcess, timeoutMilliseconds: Int) throws(KafkaError) {
    let probe = try KafkaAdmin(
      KafkaConfiguration(
        bootstrapServers: bootstrapServers,
        properties: ["reconnect.backoff.ms": "10", "reconnect.backoff.max.ms": "50"]))
    let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
    var last: KafkaError?
    while started.isRunning, ContinuousClock.now < deadline {
      do {
        try probe.brokerCount(timeoutMilliseconds: 250)
        return
      } catch {
        last = error
      }
    }
    let state = started.isRunning ? "does not answer within \(timeoutMilliseconds) ms" : "ended"
    throw KafkaError.devBroker(
      "the broker on port \(port) \(state); \(last?.context ?? "it was never asked"); its log \(logPath) ends:\n"
        + logTail())
  }

  private func logTail() -> String {
    let text = (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").suffix(8).joined(separator: "\n")
  }
}
