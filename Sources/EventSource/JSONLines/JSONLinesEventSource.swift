// Owns the JSON-lines source: a file or standard input behind the engine's source port. Invariant: the byte offset is
// the position, so a store that was filled from a file goes on exactly where it stopped.

import Glibc
import IndexModel
import Synchronization
import TierEngine

/// Reads a log of one partition from a file of JSON lines, or from standard input.
///
/// - A record is a line without its newline; its offset is the byte at which the line starts. It has no key, and its
/// time
///   is the time at which it was read, because a line does not tell when it was written. Blank lines are no records.
/// - A line longer than `lineBytesMax` becomes a record of its first `lineBytesMax + 1` bytes, which the decoder
/// refuses
///   as too long; the rest is passed over without being held.
/// - A last line without a newline is waited for while the file is followed, and taken as it is where it is not.
/// - A file shorter than the position is decided by `onPositionLost`; a file whose last applied line differs, at start
/// or
///   when another file takes its place, is refused as `.logReplaced`.
/// - Standard input cannot be read again. Where a store has a position, `onPositionLost` decides: `stop` refuses;
///   `earliest` counts from byte 0, for the same bytes piped again, of which the engine drops those it has applied;
///   `latest` counts on from the stored position, for bytes that continue the log.
///
/// All methods are called from one thread, `logEnds` from any. `poll` blocks for at most its time limit.
public final class JSONLinesEventSource: EventSourcePort {
  private struct State {
    var log: (any LineLog & Sendable)?
    var isPaused = false
    /// Where the next line begins, unless the log is left for another place by policy.
    var nextOffset: Int64 = 0
  }

  private let settings: JSONLinesSettings
  private let clock: any ClockPort
  private let report: @Sendable (String) -> Void
  private let standardInput: LogFile
  private let state = Mutex(State())
  private let end = Mutex<Int64?>(nil)

  /// Describes a source; nothing is opened before `start`. `report` receives a sentence for each decision that was
  /// taken by policy, from the reading thread.
  public convenience init(
    settings: JSONLinesSettings, clock: any ClockPort, report: @escaping @Sendable (String) -> Void
  ) {
    self.init(
      settings: settings, clock: clock, standardInput: LogFile(descriptor: STDIN_FILENO, path: "standard input"),
      report: report)
  }

  /// A source whose standard input may be another open file.
  init(
    settings: JSONLinesSettings, clock: any ClockPort, standardInput: LogFile,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.settings = settings
    self.clock = clock
    self.standardInput = standardInput
    self.report = report
  }

  /// Opens the log at the stored position. Throws `EventSourceError`.
  public func start(at positions: [SourcePartition: StoredPosition]) throws {
    let position = positions[settings.partition]
    let log: any LineLog & Sendable =
      settings.isStandardInput
      ? try StandardInputLog(settings: settings, at: position, input: standardInput)
      : try FileLineLog(settings: settings, at: position, report: report)
    end.withLock { $0 = log.endOffset }
    state.withLock { state in
      state.log = log
      // Standard input that is piped again goes back on purpose to what the engine is to drop.
      state.nextOffset = settings.isStandardInput ? 0 : position?.nextOffset ?? 0
    }
  }

  /// The next lines as records, at most 8 MiB of them at once.
  public func poll(maxCount: Int, timeoutMilliseconds: Int) throws -> [SourceRecord] {
    if state.withLock({ $0.isPaused }) {
      rest(milliseconds: timeoutMilliseconds)
      return []
    }
    return try state.withLock { state -> [SourceRecord] in
      defer { end.withLock { $0 = state.log?.endOffset } }
      let lines = try state.log?.lines(countMax: maxCount, timeoutMilliseconds: timeoutMilliseconds) ?? []
      let now = clock.now
      return lines.map { line in
        var record = line.record(of: settings.partition, time: now)
        record.followsReset = line.offset < state.nextOffset
        state.nextOffset = line.nextOffset
        return record
      }
    }
  }

  /// Stops delivery; nothing is lost, because nothing is prefetched but a part of a line.
  public func pause() throws {
    state.withLock { $0.isPaused = true }
  }

  /// Goes on where delivery stopped.
  public func resume() throws {
    state.withLock { $0.isPaused = false }
  }

  /// Does nothing: a file has no readers' offsets.
  public func announce(_ positions: [SourcePartition: StoredPosition]) {}

  /// The file's length, or how many bytes have arrived, when the source last looked.
  public func logEnds() -> [SourcePartition: Int64] {
    guard let end = end.withLock({ $0 }) else { return [:] }
    return [settings.partition: end]
  }

  /// Whether a file that is not followed, or standard input, was delivered to its end.
  public var isExhausted: Bool {
    state.withLock { $0.log?.isExhausted ?? false }
  }

  /// Closes the file.
  public func stop() {
    state.withLock { $0.log = nil }
  }

  /// Keeps a paused reader from spinning.
  private func rest(milliseconds: Int) {
    _ = Glibc.poll(nil, 0, Int32(clamping: milliseconds))
  }
}
