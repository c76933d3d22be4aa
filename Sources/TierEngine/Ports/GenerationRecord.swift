// Owns what the store keeps about a main-tier generation, served or rejected.

import IndexModel
import VectorIndex

/// A built segment's record. Legal states:
///
///     promoted ──▶ retired          a newer generation took its place; kept for rollback
///     rejected                      did not pass its probe; its file is gone
public struct GenerationRecord: Sendable, Hashable, Codable {
  /// Where a generation stands.
  public enum State: String, Sendable, Hashable, Codable {
    /// Serving, or the newest that served.
    case promoted
    /// Replaced by a newer one.
    case retired
    /// Refused by its probe.
    case rejected
  }

  /// The generation's number, from 1.
  public var number: UInt64
  /// Every live vector with a sequence up to this one is in the segment.
  public var watermark: UInt64
  /// The segment's file.
  public var file: SegmentFile
  /// Rows in the segment.
  public var rowCount: Int
  /// How the graph was built.
  public var parameters: HNSWParameters
  /// The fingerprint of the model that made the vectors.
  public var fingerprint: String
  /// What the probe measured.
  public var probe: ProbeReport
  /// Where it stands.
  public var state: State
  /// Why it was built: the policy's reason.
  public var reason: String
  /// Why it was rejected.
  public var rejection: String?
  /// When it was recorded, in milliseconds since 1970.
  public var timeMilliseconds: Int64
  /// How long scan, build, write and probe took, in seconds.
  public var buildSeconds: Double

  /// Describes a generation.
  public init(
    number: UInt64, watermark: UInt64, file: SegmentFile, rowCount: Int, parameters: HNSWParameters,
    fingerprint: String, probe: ProbeReport, state: State, reason: String, rejection: String? = nil,
    timeMilliseconds: Int64, buildSeconds: Double
  ) {
    self.number = number
    self.watermark = watermark
    self.file = file
    self.rowCount = rowCount
    self.parameters = parameters
    self.fingerprint = fingerprint
    self.probe = probe
    self.state = state
    self.reason = reason
    self.rejection = rejection
    self.timeMilliseconds = timeMilliseconds
    self.buildSeconds = buildSeconds
  }
}

/// What a probe measured on a candidate.
public struct ProbeReport: Sendable, Hashable, Codable {
  /// Queries asked.
  public var queryCount: Int
  /// Share of the exact top 10 found, equal scores counted.
  public var recallAt10: Double
  /// Rows asked for themselves.
  public var selfSampleCount: Int
  /// Share of those rows that found themselves, or an equal vector, first.
  public var selfReachability: Double
  /// The `ef` at which the probe was run; serving uses at least this one.
  public var ef: Int

  /// Describes a probe.
  public init(queryCount: Int, recallAt10: Double, selfSampleCount: Int, selfReachability: Double, ef: Int) {
    self.queryCount = queryCount
    self.recallAt10 = recallAt10
    self.selfSampleCount = selfSampleCount
    self.selfReachability = selfReachability
    self.ef = ef
  }
}
