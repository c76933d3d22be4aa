// Owns the promise that a damaged file is named as such, wherever the damage is, and never crashes its reader.

import Foundation
import IndexModel
import TierEngine
import Testing
import VectorIndex

@testable import SegmentFiles

@Suite("Segment damage")
struct SegmentDamageTests {
  /// A written segment's bytes with what is needed to damage them.
  private struct Sample {
    let path: String
    let folder: SegmentFolder
    let file: SegmentFile
    let bytes: [UInt8]

    init(in path: String) throws {
      self.path = path
      folder = SegmentFolder(path: path, failpoint: { _ in })
      file = try folder.write(try sampleContents(rowCount: 60, dimension: 4), number: 1)
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + file.name)))
    }

    func write(_ bytes: [UInt8]) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + file.name))
    }

    /// The error on opening a file of the given bytes.
    func errorOnOpening(_ bytes: [UInt8], as file: SegmentFile? = nil) throws -> SegmentFileError? {
      try write(bytes)
      do {
        _ = try folder.open(file ?? self.file)
        return nil
      } catch let error as SegmentFileError {
        return error
      }
    }

    /// A record that vouches for `bytes`, so that only their content can be refused.
    func vouching(for bytes: [UInt8]) -> SegmentFile {
      SegmentFile(
        name: file.name, byteCount: bytes.count, checksum: unsafe CRC32C.checksum(ofBytes: bytes.span.bytes))
    }

    /// The bytes with one section's content changed and every checksum made right again.
    func forging(_ section: SegmentSection, _ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
      var header = unsafe try SegmentHeader(decoding: bytes.span.bytes, name: file.name)
      let place = try #require(header.entries.firstIndex { $0.section == section })
      let entry = header.entries[place]
      var content = Array(bytes[entry.offset..<entry.offset + entry.byteCount])
      change(&content)
      try #require(content.count == entry.byteCount)
      var forged = bytes
      forged.replaceSubrange(entry.offset..<entry.offset + entry.byteCount, with: content)
      header.entries[place].checksum = unsafe CRC32C.checksum(ofBytes: content.span.bytes)
      forged.replaceSubrange(0..<SegmentFormat.pageByteCount, with: header.encoded())
      return forged
    }
  }

  @Test("A flipped bit in any section, in the header or in the padding is found, and its section named")
  func flippedBitsAreFound() throws {
    try withTemporaryFolder { path in
      let sample = try Sample(in: path)
      let header = unsafe try SegmentHeader(decoding: sample.bytes.span.bytes, name: "sample")
      var places: [(offset: Int, section: String)] = []
      for offset in 0..<64 { places.append((offset, "header")) }
      for offset in stride(from: 64, to: SegmentFormat.pageByteCount, by: 97) { places.append((offset, "header")) }
      places.append((SegmentFormat.pageByteCount - 1, "header"))
      for entry in header.entries {
        for offset in stride(from: entry.offset, to: entry.offset + entry.byteCount, by: 61) {
          places.append((offset, entry.section.name))
        }
        places.append((entry.offset + entry.byteCount - 1, entry.section.name))
        places.append((entry.paddedEnd - 1, entry.section.name))
      }
      for (offset, section) in places {
        var damaged = sample.bytes
        damaged[offset] ^= 1 << UInt8(offset % 8)
        let error = try sample.errorOnOpening(damaged)
        #expect(error?.code == .corrupt, "offset \(offset)")
        #expect(error?.message.contains("\(sample.file.name), section \(section)") == true, "offset \(offset)")
        #expect(throws: SegmentFileError.self, "offset \(offset)") {
          try SegmentInspection(path: path + "/" + sample.file.name)
        }
      }
    }
  }

  @Test("A file cut anywhere, or with bytes added, is found")
  func cutsAreFound() throws {
    try withTemporaryFolder { path in
      let sample = try Sample(in: path)
      let cuts = [0, 1, 24, 4095, 4096, 4097] + Array(stride(from: 5000, to: sample.bytes.count, by: 1777))
      for cut in cuts + [sample.bytes.count - 1] {
        let cutBytes = Array(sample.bytes[..<cut])
        #expect(try sample.errorOnOpening(cutBytes)?.code == .corrupt, "cut at \(cut)")
        #expect(try sample.errorOnOpening(cutBytes, as: sample.vouching(for: cutBytes))?.code == .corrupt)
      }
      #expect(try sample.errorOnOpening(sample.bytes + [0])?.code == .corrupt)
    }
  }

  @Test("A whole file that is not the recorded one is refused")
  func anotherSegmentIsRefused() throws {
    try withTemporaryFolder { path in
      let sample = try Sample(in: path)
      let other = try sample.folder.write(
        try sampleContents(rowCount: 60, dimension: 4, firstSequence: 9), number: 2)
      #expect(other.byteCount == sample.file.byteCount)
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + other.name)))
      let error = try sample.errorOnOpening(bytes)
      #expect(error?.code == .corrupt && error?.message.contains("differs from its record") == true)
    }
  }

  @Test("Another format or version is told apart from damage")
  func otherFormatsAreNamed() throws {
    try withTemporaryFolder { path in
      let sample = try Sample(in: path)
      var foreign = sample.bytes
      foreign[0] = 0x58
      #expect(try sample.errorOnOpening(foreign, as: sample.vouching(for: foreign))?.code == .wrongFormat)
      var newer = sample.bytes
      newer[8] = 2
      let error = try sample.errorOnOpening(newer, as: sample.vouching(for: newer))
      #expect(error?.code == .wrongFormat && error?.message.contains("format version 2") == true)
    }
  }

  @Test("Numbers out of range are refused even where every checksum is right")
  func rangesAreChecked() throws {
    try withTemporaryFolder { path in
      let sample = try Sample(in: path)
      let forgeries: [(SegmentSection, (inout [UInt8]) -> Void)] = [
        (.idOffsets, { $0[0] = 1 }),
        (.idOffsets, { $0[8] = 0 }),
        (.idOffsets, { $0[15] = 0x80 }),
        (.idOffsets, { bytes in for byte in 8..<16 { bytes[byte] = 0xFF } }),
        (.idOffsets, { $0[$0.count - 8] ^= 1 }),
        (.idBytes, { $0[3] = 0xFF }),
        (.baseLinks, { bytes in bytes.replaceSubrange(0..<4, with: [60, 0, 0, 0]) }),
        (.baseLinks, { bytes in bytes.replaceSubrange(0..<4, with: [0, 0, 0, 0]) }),
        (.baseLinks, { bytes in bytes.replaceSubrange(0..<4, with: [0xFF, 0xFF, 0xFF, 0xFF]) }),
        (.upperStarts, { $0[0] = 1 }),
        (.upperStarts, { $0[$0.count - 1] = 0xFF }),
        (.upperStarts, { $0[4] = 200 }),
        (.upperLinks, { $0[0] ^= 0x3F }),
        (.upperLinks, { bytes in bytes.replaceSubrange(0..<4, with: [0xFE, 0xFF, 0xFF, 0xFF]) }),
        (.twins, { bytes in bytes.replaceSubrange(0..<4, with: [0, 0, 0, 0]) }),
        (.twins, { bytes in bytes.replaceSubrange(0..<4, with: [60, 0, 0, 0]) }),
        (.meta, { $0[0] = 0x20 }),
      ]
      for (number, (section, change)) in forgeries.enumerated() {
        let forged = try sample.forging(section, change)
        let error = try sample.errorOnOpening(forged, as: sample.vouching(for: forged))
        #expect(error?.code == .corrupt, "forgery \(number) of \(section.name)")
      }
    }
  }

  @Test("Facts out of range are refused", arguments: ["dimension", "rowCount", "m", "entryRow", "metric"])
  func factsAreChecked(field: String) throws {
    try withTemporaryFolder { path in
      let sample = try Sample(in: path)
      let forged = try sample.forging(.meta) { content in
        let text = String(decoding: content, as: UTF8.self)
        let found = text.range(of: "\"\(field)\":")
        guard let found else { return }
        // Keeps the section's size: the first digit or letter of the value changes.
        var changed = Array(text.utf8)
        let place = text.utf8.distance(from: text.startIndex, to: found.upperBound)
        let isText = changed[place] == UInt8(ascii: "\"")
        changed[place + (isText ? 1 : 0)] = isText ? UInt8(ascii: "x") : UInt8(ascii: "-")
        content = changed
      }
      #expect(forged != sample.bytes)
      #expect(try sample.errorOnOpening(forged, as: sample.vouching(for: forged))?.code == .corrupt)
    }
  }

  @Test("Random damage that no checksum tells of never crashes the reader or a search")
  func randomForgeriesAreSafe() throws {
    try withTemporaryFolder { path in
      let sample = try Sample(in: path)
      var random = SplitMix64(seed: testSeed)
      var openedCount = 0
      for _ in 0..<400 {
        let section = SegmentSection.allCases[Int.random(in: 0..<SegmentSection.allCases.count, using: &random)]
        let forged = try sample.forging(section) { content in
          guard !content.isEmpty else { return }
          for _ in 0..<Int.random(in: 1...3, using: &random) {
            content[Int.random(in: 0..<content.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
          }
        }
        try sample.write(forged)
        guard let segment = try? sample.folder.open(sample.vouching(for: forged)) else { continue }
        openedCount += 1
        let query = [Float](repeating: 0.2, count: segment.index.dimension)
        let found = segment.index.search(query.span, k: 60, ef: 60, visibility: nil)
        #expect(found.allSatisfy { segment.ids[$0.row].rawValue.utf8.count <= ItemID.byteCountMax }, "\(replay)")
      }
      #expect(openedCount > 0, "some damage, as to a vector, leaves a file that can be searched")
    }
  }

  @Test("Names that leave the folder are no segment files", arguments: ["", "../x.segment", "a/b"])
  func namesStayInTheFolder(name: String) throws {
    try withTemporaryFolder { path in
      let folder = SegmentFolder(path: path, failpoint: { _ in })
      let file = SegmentFile(name: name, byteCount: 1, checksum: 0)
      let error = #expect(throws: SegmentFileError.self) { try folder.open(file) }
      #expect(error?.code == .missing)
      #expect(throws: SegmentFileError.self) { try folder.remove(file) }
    }
  }
}
