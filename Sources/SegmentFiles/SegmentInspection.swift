// Owns what `freshet inspect` tells about a segment file. Invariant: every fact was verified before it is told.

import IndexModel
import TierEngine
import VectorIndex

/// The facts about a segment file that was verified whole, its graph included.
public struct SegmentInspection: Sendable, Codable, CustomStringConvertible {
  /// One section of the file.
  public struct Section: Sendable, Codable {
    /// What it holds.
    public var name: String
    /// Where it begins in the file.
    public var offset: Int
    /// Its size.
    public var byteCount: Int
    /// Its CRC-32C.
    public var checksum: UInt32
  }

  /// The file's path.
  public var path: String
  /// The version of the format.
  public var formatVersion: UInt32
  /// The file's size.
  public var byteCount: Int
  /// CRC-32C over the whole file, which the generation's record holds too.
  public var checksum: UInt32
  /// Rows.
  public var rowCount: Int
  /// Components of a row.
  public var dimension: Int
  /// How rows are compared.
  public var metric: Metric
  /// How the graph was built.
  public var parameters: HNSWParameters
  /// The highest level of the graph.
  public var levelMax: Int
  /// Links of a row on level 0, on average.
  public var degreeMean: Double
  /// Rows whose vector equals an earlier row's.
  public var equalRowCount: Int
  /// The model that made the vectors.
  public var fingerprint: String
  /// Every live vector with a sequence up to this one was in the build.
  public var watermark: UInt64
  /// The sections in the file's order.
  public var sections: [Section]

  /// Reads and verifies the file at `path`: checksums, ranges, and that every row can be reached. Throws
  /// `SegmentFileError`. Takes seconds for large files.
  public init(path: String) throws {
    let reader = try SegmentReader(path: path, name: path, record: nil)
    let segment = try reader.segment()
    do {
      try segment.index.validate()
    } catch let error as HNSWGraphError {
      throw SegmentFileError.corrupt(path, section: "links", error.description)
    }
    let graph = segment.index.graph
    self.path = path
    formatVersion = SegmentFormat.version
    byteCount = reader.file.byteCount
    checksum = reader.checksum
    rowCount = reader.meta.rowCount
    dimension = reader.meta.dimension
    metric = reader.meta.metric
    parameters = reader.meta.parameters
    levelMax = graph.levelMax
    let linkCount = (0..<graph.rowCount).reduce(0) { $0 + graph.neighbors(of: $1, level: 0).count }
    degreeMean = graph.rowCount == 0 ? 0 : Double(linkCount) / Double(graph.rowCount)
    equalRowCount = (0..<graph.rowCount).count { graph.twin(of: $0) != nil }
    fingerprint = reader.meta.fingerprint
    watermark = reader.meta.watermark
    sections = reader.header.entries.map { entry in
      Section(
        name: entry.section.name, offset: entry.offset, byteCount: entry.byteCount, checksum: entry.checksum)
    }
  }

  /// The facts, one a line.
  public var description: String {
    let facts = [
      "segment \(path)",
      "format version \(formatVersion), \(byteCount) bytes, CRC-32C \(hexadecimal(checksum)): verified",
      "\(rowCount) rows of \(dimension) components, \(metric.rawValue), \(equalRowCount) equal to an earlier one",
      "graph m \(parameters.m), efConstruction \(parameters.efConstruction), seed \(parameters.seed), "
        + "\(levelMax + 1) levels, \((degreeMean * 10).rounded() / 10) links a row: every row reachable",
      "model \(fingerprint)",
      "watermark \(watermark)",
    ]
    let table = sections.map { section in
      "  \(hexadecimal(section.checksum))  offset \(section.offset)  \(section.byteCount) bytes  \(section.name)"
    }
    return (facts + table).joined(separator: "\n")
  }

  private func hexadecimal(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
