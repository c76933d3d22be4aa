// Owns the list of outside things that the engine is given.

import IndexModel

/// The adapters that the composition root wires in.
public struct EnginePorts: Sendable {
  /// The durable store.
  public var store: any StorePort
  /// Segment files.
  public var segments: any SegmentFilesPort
  /// The encoder for items and queries; `nil` where vectors come from outside.
  public var encoder: (any TextEncoderPort)?
  /// Hashes texts.
  public var hashing: any ContentHashingPort
  /// Receives what the engine reports.
  public var telemetry: any TelemetryPort
  /// The time.
  public var clock: any ClockPort
  /// Ends the process at a named place in crash tests.
  public var failpoint: FailpointHandler

  /// Gathers the adapters.
  public init(
    store: any StorePort, segments: any SegmentFilesPort, encoder: (any TextEncoderPort)?,
    hashing: any ContentHashingPort, telemetry: any TelemetryPort, clock: any ClockPort,
    failpoint: @escaping FailpointHandler = { _ in }
  ) {
    self.store = store
    self.segments = segments
    self.encoder = encoder
    self.hashing = hashing
    self.telemetry = telemetry
    self.clock = clock
    self.failpoint = failpoint
  }
}
