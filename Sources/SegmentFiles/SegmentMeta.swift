// Owns the facts about a segment that are no table. Invariant: numbers are whole and read without a Double.

import IndexModel
import TierEngine
import VectorIndex

/// The content of the `meta` section.
struct SegmentMeta: Codable, Sendable, Hashable {
  var rowCount: Int
  var dimension: Int
  var metric: Metric
  var parameters: HNSWParameters
  var entryRow: Int?
  var fingerprint: String
  var watermark: UInt64

  /// The most components that a row may have.
  static let dimensionMax = 65_536

  init(_ contents: SegmentContents) {
    rowCount = contents.vectors.rowCount
    dimension = contents.vectors.dimension
    metric = contents.metric
    parameters = contents.parameters
    entryRow = contents.graph.entryRow
    fingerprint = contents.fingerprint
    watermark = contents.watermark.rawValue
  }

  /// What is out of range, if anything is.
  var problem: String? {
    if rowCount < 0 || rowCount >= Int(UInt32.max) { return "row count \(rowCount) is out of range" }
    if dimension < 1 || dimension > Self.dimensionMax { return "dimension \(dimension) is out of range" }
    if !(2...256).contains(parameters.m) { return "m \(parameters.m) is out of range" }
    return nil
  }
}
