// Owns the rebuild thread: it asks the policy, runs one rebuild at a time, and hands the outcome to the writer.
//
//     idle ──policy or request──▶ running ──passed──▶ promoted ──▶ idle
//                                    │───refused────▶ rejected ──▶ waiting (retrySeconds) ──▶ idle
//                                    └───failed─────────────────▶ waiting (retrySeconds) ──▶ idle

import IndexModel
import Synchronization
import VectorIndex

/// Builds generations in the background.
final class RebuildController: Sendable {
  private struct State {
    var requestedReason: String?
    var control: BuildControl?
    var progress: RebuildProgress?
    var lastRejection: String?
    var lastFailureNanoseconds: UInt64?
  }
  private let state = Mutex(State())
  private let configuration: EngineConfiguration
  private let ports: EnginePorts
  private let writer: TierWriter
  private let stopSignal: StopSignal

  init(configuration: EngineConfiguration, ports: EnginePorts, writer: TierWriter, stopSignal: StopSignal) {
    self.configuration = configuration
    self.ports = ports
    self.writer = writer
    self.stopSignal = stopSignal
  }

  /// The rebuild under way.
  var status: RebuildStatus? {
    state.withLock { $0.progress }?.status(at: ports.clock.monotonicNanoseconds)
  }

  /// Why the newest candidate was rejected, until one is promoted.
  var lastRejection: String? { state.withLock { $0.lastRejection } }

  /// Asks for a rebuild as soon as none runs.
  func request(reason: String) {
    state.withLock { $0.requestedReason = reason }
  }

  /// Cancels the rebuild under way.
  func cancel() {
    state.withLock { $0.control }?.cancel()
  }

  /// The rebuild thread's loop; returns when the stop signal is given.
  func run() {
    lowerThreadPriority()
    while !stopSignal.wait(seconds: Double(configuration.rebuild.checkMilliseconds) / 1000) {
      guard let reason = nextReason() else { continue }
      rebuild(reason: reason)
    }
  }

  private func nextReason() -> String? {
    if let requested = state.withLock({ state in
      defer { state.requestedReason = nil }
      return state.requestedReason
    }) {
      return requested
    }
    let now = ports.clock.monotonicNanoseconds
    if let failed = state.withLock({ $0.lastFailureNanoseconds }),
      Double(now - failed) / 1e9 < configuration.rebuild.retrySeconds
    {
      return nil
    }
    let counts = writer.tierCounts
    guard let liveItems = try? ports.store.read({ try $0.counts().items }) else { return nil }
    let age = counts.generation.map { generation in
      Double(ports.clock.now.millisecondsSince1970 - generation.record.timeMilliseconds) / 1000
    }
    return configuration.rebuild.reason(
      for: RebuildPolicy.Picture(
        freshRows: counts.freshRows, freshCapacityRows: configuration.fresh.capacityRows,
        mainRows: counts.generation?.segment.index.rowCount ?? 0,
        mainSuperseded: counts.generation?.mask.markedCount ?? 0, liveItems: liveItems, generationAgeSeconds: age))
  }

  private func rebuild(reason: String) {
    let control = BuildControl(
      threadCount: configuration.main.threadCount, cpuShare: configuration.main.cpuShare)
    let order = writer.beginRebuild(reason: reason)
    let progress = RebuildProgress(
      number: order.number, reason: reason, startedNanoseconds: ports.clock.monotonicNanoseconds, control: control)
    state.withLock { state in
      state.control = control
      state.progress = progress
    }
    if stopSignal.isSet { control.cancel() }
    ports.telemetry.record(.rebuildStarted(generation: order.number, reason: reason, watermark: order.watermark))
    let failure = attempt(order, control: control, progress: progress)
    state.withLock { state in
      state.control = nil
      state.progress = nil
      state.lastFailureNanoseconds = failure == nil ? nil : ports.clock.monotonicNanoseconds
    }
  }

  /// Runs the rebuild to its end. Returns why it made no generation, or `nil`.
  private func attempt(_ order: RebuildOrder, control: BuildControl, progress: RebuildProgress) -> String? {
    let job = RebuildJob(
      order: order, configuration: configuration, store: ports.store, segments: ports.segments, clock: ports.clock,
      control: control, progress: progress)
    do {
      switch try job.run() {
      case .promotable(let candidate):
        progress.enter(.promote)
        _ = try writer.promote(candidate)
        state.withLock { $0.lastRejection = nil }
        return nil
      case .rejected(let candidate):
        let record = try writer.reject(candidate)
        state.withLock { $0.lastRejection = record.rejection }
        return record.rejection
      }
    } catch is BuildCancelled {
      writer.endRebuild()
      return "cancelled"
    } catch {
      writer.endRebuild()
      ports.telemetry.record(.rebuildFailed(generation: order.number, message: "\(error)"))
      return "\(error)"
    }
  }
}
