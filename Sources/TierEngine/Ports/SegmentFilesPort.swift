// Owns the engine's view of segment files. Invariant: a file is complete, synced and checksummed before it has its
// final name, and verified whole before it is searched.

import IndexModel
import VectorIndex

/// Writes, maps and removes segment files in one folder.
public protocol SegmentFilesPort: Sendable {
  /// Writes a segment under a temporary name, syncs it, renames it to its final name and syncs the folder. On any
  /// failure no file of either name stays. Throws `SegmentFileError`.
  func write(_ contents: SegmentContents, number: UInt64) throws -> SegmentFile

  /// Maps a segment and verifies size, format and every checksum. Throws `SegmentFileError`.
  func open(_ file: SegmentFile) throws -> Segment

  /// Removes a segment's file; a reader that still maps it is not disturbed.
  func remove(_ file: SegmentFile) throws

  /// Removes every segment file of the folder, finished or not, that is not in `kept`: left over from a build that was
  /// cut short. Returns their names; other files stay.
  func removeOthers(than kept: [SegmentFile]) throws -> [String]
}

/// A segment's file in its folder.
public struct SegmentFile: Sendable, Hashable, Codable {
  /// The file's name, without a folder.
  public var name: String
  /// The file's size.
  public var byteCount: Int
  /// CRC-32C over the whole file.
  public var checksum: UInt32

  /// Names a file.
  public init(name: String, byteCount: Int, checksum: UInt32) {
    self.name = name
    self.byteCount = byteCount
    self.checksum = checksum
  }
}

/// What a segment holds, in memory, before it is written. Rows are in build order.
public struct SegmentContents: Sendable {
  /// The item of each row.
  public var ids: [ItemID]
  /// The sequence at which each row's vector was set.
  public var vectorSequences: [UInt64]
  /// The rows.
  public var vectors: VectorBlock
  /// The graph over the rows.
  public var graph: HNSWGraph
  /// How the graph was built.
  public var parameters: HNSWParameters
  /// How vectors are compared.
  public var metric: Metric
  /// The model that made the vectors.
  public var fingerprint: String
  /// Every live vector with a sequence up to this one is here.
  public var watermark: SequenceNumber

  /// Gathers a segment's parts.
  public init(
    ids: [ItemID], vectorSequences: [UInt64], vectors: VectorBlock, graph: HNSWGraph, parameters: HNSWParameters,
    metric: Metric, fingerprint: String, watermark: SequenceNumber
  ) {
    self.ids = ids
    self.vectorSequences = vectorSequences
    self.vectors = vectors
    self.graph = graph
    self.parameters = parameters
    self.metric = metric
    self.fingerprint = fingerprint
    self.watermark = watermark
  }
}

/// A mapped and verified segment. Immutable; searched from any thread.
public final class Segment: Sendable {
  /// The graph and its vectors.
  public let index: HNSWIndex
  /// The item of each row.
  public let ids: any ItemIDTable
  /// The sequence at which each row's vector was set.
  public let vectorSequences: RowSequences
  /// How the graph was built.
  public let parameters: HNSWParameters
  /// The model that made the vectors.
  public let fingerprint: String
  /// Every live vector with a sequence up to this one is here.
  public let watermark: SequenceNumber

  /// Gathers the mapped parts.
  public init(
    index: HNSWIndex, ids: any ItemIDTable, vectorSequences: RowSequences, parameters: HNSWParameters,
    fingerprint: String, watermark: SequenceNumber
  ) {
    self.index = index
    self.ids = ids
    self.vectorSequences = vectorSequences
    self.parameters = parameters
    self.fingerprint = fingerprint
    self.watermark = watermark
  }
}

/// The item of each row of a segment.
public protocol ItemIDTable: Sendable {
  /// Rows.
  var count: Int { get }
  /// The id at `row`.
  subscript(row: Int) -> ItemID { get }
}

/// A failure at the boundary of segment files.
public struct SegmentFileError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: String, Sendable {
    /// The file is not there.
    case missing
    /// The file is shorter or longer than recorded, a checksum differs, or a value is out of its range.
    case corrupt
    /// The file has a format that this version does not read.
    case wrongFormat
    /// The disk is full.
    case full
    /// The operating system refused.
    case system
  }

  /// What went wrong.
  public var code: Code
  /// The system's number, 0 where there is none.
  public var rawCode: Int32
  /// Which file and section, and what to do.
  public var message: String

  /// Describes a failure.
  public init(code: Code, rawCode: Int32 = 0, message: String) {
    self.code = code
    self.rawCode = rawCode
    self.message = message
  }

  /// The code and the message.
  public var description: String { "segment file \(code.rawValue): \(message)" }
}
