// Owns the opening of a segment file. Invariant: nothing is handed out before every checksum and every range held.

import Foundation
import IndexModel
import TierEngine
import VectorIndex

/// A mapped file whose checksums hold.
struct SegmentReader {
  let name: String
  let file: MappedFile
  let header: SegmentHeader
  let meta: SegmentMeta
  /// CRC-32C over the whole file.
  let checksum: UInt32

  /// Maps the file at `path` and verifies header, sections, padding and, where `record` is given, the recorded size
  /// and checksum. Reads every byte once. Throws `SegmentFileError`.
  init(path: String, name: String, record: SegmentFile?) throws {
    self.name = name
    file = try MappedFile(path: path, byteCountMin: SegmentFormat.pageByteCount)
    if let record, file.byteCount != record.byteCount {
      throw SegmentFileError.corrupt(
        name, section: "header", "the file has \(file.byteCount) bytes, and its record says \(record.byteCount)")
    }
    do {
      header = try file.withBytes(at: 0, count: file.byteCount) { try SegmentHeader(decoding: $0, name: name) }
    } catch let error as SegmentFileError where error.code == .wrongFormat {
      // With a record, a file of another format can be told from a damaged one.
      guard let record, Self.checksum(of: file) != record.checksum else { throw error }
      throw SegmentFileError.corrupt(name, section: "header", "its first bytes were damaged")
    }
    checksum = try Self.verifiedChecksum(of: file, header: header, name: name)
    if let record, checksum != record.checksum {
      throw SegmentFileError.corrupt(name, section: "header", "the file's checksum differs from its record")
    }
    meta = try Self.meta(of: file, header: header, name: name)
  }

  /// The segment, every number in it checked. Throws `SegmentFileError`.
  func segment() throws -> Segment {
    let rowCount = meta.rowCount
    try expect(.vectors, byteCount: rowCount * VectorBlock.stride(ofDimension: meta.dimension) * 4)
    try expect(.vectorSequences, byteCount: rowCount * 8)
    let ids = try MappedItemIDs(file: file, header: header, rowCount: rowCount, name: name)
    let vectors = try unsafe VectorBlock(
      mapped: start(of: .vectors), rowCount: rowCount, dimension: meta.dimension, owner: file)
    let sequences = try unsafe RowSequences(mapped: start(of: .vectorSequences), count: rowCount, owner: file)
    return Segment(
      index: HNSWIndex(vectors: vectors, graph: try graph(), metric: meta.metric), ids: ids,
      vectorSequences: sequences, parameters: meta.parameters, fingerprint: meta.fingerprint,
      watermark: SequenceNumber(rawValue: meta.watermark))
  }

  private func graph() throws -> HNSWGraph {
    do {
      return unsafe try HNSWGraph(
        mapped: { table in
          let entry = header[SegmentSection(table)]
          return unsafe file.bytes(at: entry.offset, count: entry.byteCount)
        },
        rowCount: meta.rowCount, m: meta.parameters.m, entryRow: meta.entryRow, owner: file)
    } catch let error as HNSWGraphError {
      throw SegmentFileError.corrupt(name, section: "links", error.description)
    }
  }

  private func start(of section: SegmentSection) throws -> UnsafeRawPointer {
    let entry = header[section]
    guard let start = unsafe file.bytes(at: entry.offset, count: entry.byteCount).baseAddress else {
      throw SegmentFileError.corrupt(name, section: section.name, "it is not mapped")
    }
    return unsafe start
  }

  private func expect(_ section: SegmentSection, byteCount: Int) throws {
    guard header[section].byteCount == byteCount else {
      throw SegmentFileError.corrupt(
        name, section: section.name,
        "it has \(header[section].byteCount) bytes, and \(meta.rowCount) rows take \(byteCount)")
    }
  }

  private static func meta(of file: MappedFile, header: SegmentHeader, name: String) throws -> SegmentMeta {
    let entry = header[.meta]
    let text = unsafe Data(file.bytes(at: entry.offset, count: entry.byteCount))
    let meta: SegmentMeta
    do {
      meta = try JSONDecoder().decode(SegmentMeta.self, from: text)
    } catch {
      throw SegmentFileError.corrupt(name, section: "meta", "it cannot be read: \(error)")
    }
    if let problem = meta.problem { throw SegmentFileError.corrupt(name, section: "meta", problem) }
    return meta
  }

  private static func verifiedChecksum(of file: MappedFile, header: SegmentHeader, name: String) throws -> UInt32 {
    var whole = file.withBytes(at: 0, count: SegmentFormat.pageByteCount) { CRC32C.checksum(ofBytes: $0) }
    for entry in header.entries {
      let section = file.withBytes(at: entry.offset, count: entry.byteCount) { CRC32C.checksum(ofBytes: $0) }
      guard section == entry.checksum else {
        throw SegmentFileError.corrupt(name, section: entry.section.name, "its checksum differs")
      }
      whole = ChecksumJoin.join(whole, section, byteCount: entry.byteCount)
      let paddingStart = entry.offset + entry.byteCount
      let paddingByteCount = entry.paddedEnd - paddingStart
      let padding = unsafe file.bytes(at: paddingStart, count: paddingByteCount)
      guard unsafe padding.allSatisfy({ $0 == 0 }) else {
        throw SegmentFileError.corrupt(name, section: entry.section.name, "the padding after it is not zero")
      }
      whole = unsafe ChecksumJoin.join(whole, CRC32C.checksum(of: padding), byteCount: paddingByteCount)
    }
    return whole
  }

  private static func checksum(of file: MappedFile) -> UInt32 {
    file.withBytes(at: 0, count: file.byteCount) { CRC32C.checksum(ofBytes: $0) }
  }
}
