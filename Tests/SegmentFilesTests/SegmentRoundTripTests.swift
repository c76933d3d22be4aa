// Owns the promise that what is written comes back, and that the same items give the same bytes.

import Foundation
import IndexModel
import Synchronization
import TierEngine
import Testing
import VectorIndex

@testable import SegmentFiles

@Suite("Segment round trip")
struct SegmentRoundTripTests {
  @Test("A segment comes back with its rows, ids, sequences, graph and facts", arguments: [0, 1, 300])
  func comesBack(rowCount: Int) throws {
    try withTemporaryFolder { path in
      let contents = try sampleContents(rowCount: rowCount)
      let folder = SegmentFolder(path: path + "/new", failpoint: { _ in })
      let file = try folder.write(contents, number: 7)
      let segment = try folder.open(file)
      try segment.index.validate()
      #expect(try names(in: path + "/new") == [file.name])
      #expect((0..<segment.ids.count).map { segment.ids[$0] } == contents.ids)
      #expect((0..<rowCount).map { segment.vectorSequences[$0].rawValue } == contents.vectorSequences)
      #expect((0..<rowCount).map { segment.index.vectors.row($0) } == (0..<rowCount).map { contents.vectors.row($0) })
      #expect(segment.index.graph.entryRow == contents.graph.entryRow)
      #expect(segment.parameters == contents.parameters && segment.index.metric == contents.metric)
      #expect(segment.fingerprint == contents.fingerprint && segment.watermark == contents.watermark)
      let inMemory = HNSWIndex(vectors: contents.vectors, graph: contents.graph, metric: contents.metric)
      let query = [Float](repeating: 0.1, count: 20)
      let found = segment.index.search(query.span, k: 10, ef: 50, visibility: nil)
      let expected = inMemory.search(query.span, k: 10, ef: 50, visibility: nil)
      #expect(found == expected && found.count == min(10, rowCount))
    }
  }

  @Test("A mapped segment outlives the removal of its file")
  func outlivesRemoval() throws {
    try withTemporaryFolder { path in
      let folder = SegmentFolder(path: path, failpoint: { _ in })
      let file = try folder.write(try sampleContents(), number: 1)
      let segment = try folder.open(file)
      try folder.remove(file)
      #expect(try names(in: path).isEmpty)
      try segment.index.validate()
      let error = #expect(throws: SegmentFileError.self) { try folder.open(file) }
      #expect(error?.code == .missing)
    }
  }

  @Test("Index sections do not depend on sequences and watermark; nor does anything else on the writer")
  func sameItemsSameBytes() throws {
    try withTemporaryFolder { path in
      let folder = SegmentFolder(path: path, failpoint: { _ in })
      let first = try folder.write(try sampleContents(), number: 1)
      let again = try folder.write(try sampleContents(), number: 2)
      let later = try folder.write(try sampleContents(firstSequence: 77, watermark: 5000), number: 3)
      #expect(first.checksum == again.checksum && first.byteCount == again.byteCount)
      let sections = try [first, later].map { try SegmentInspection(path: path + "/" + $0.name).sections }
      for (left, right) in zip(sections[0], sections[1]) {
        let dependsOnArrival = left.name == "meta" || left.name == "vectorSequences"
        #expect((left.checksum == right.checksum) != dependsOnArrival, "section \(left.name)")
      }
    }
  }

  @Test("The checksum in the record is that of the file's bytes")
  func recordedChecksumIsTheFiles() throws {
    try withTemporaryFolder { path in
      let folder = SegmentFolder(path: path, failpoint: { _ in })
      let file = try folder.write(try sampleContents(), number: 1)
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + file.name)))
      #expect(unsafe CRC32C.checksum(ofBytes: bytes.span.bytes) == file.checksum)
      #expect(bytes.count == file.byteCount)
    }
  }

  @Test("Checksums of parts join to the checksum of the whole")
  func checksumsJoin() {
    var random = SplitMix64(seed: testSeed)
    let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
    for cut in [0, 1, 7, 8, 4096, 4999, 5000] {
      let left = unsafe CRC32C.checksum(ofBytes: Array(bytes[..<cut]).span.bytes)
      let right = unsafe CRC32C.checksum(ofBytes: Array(bytes[cut...]).span.bytes)
      let whole = unsafe CRC32C.checksum(ofBytes: bytes.span.bytes)
      #expect(ChecksumJoin.join(left, right, byteCount: 5000 - cut) == whole, "cut at \(cut)")
    }
  }

  @Test("The failpoint in the middle of a write is passed once, before the file has its name")
  func failpointIsPassedOnce() throws {
    try withTemporaryFolder { path in
      let passed = Mutex<[String]>([])
      let folder = SegmentFolder(path: path) { failpoint in
        let present = (try? names(in: path)) ?? []
        passed.withLock { $0.append("\(failpoint.rawValue) \(present)") }
      }
      _ = try folder.write(try sampleContents(rowCount: 3), number: 4)
      #expect(passed.withLock { $0 } == ["mid-segment-write [\"generation-4.segment.building\"]"])
    }
  }

  @Test("What no generation needs is removed, other files stay")
  func removesOthers() throws {
    try withTemporaryFolder { path in
      let folder = SegmentFolder(path: path, failpoint: { _ in })
      let kept = try folder.write(try sampleContents(rowCount: 5), number: 1)
      _ = try folder.write(try sampleContents(rowCount: 5), number: 2)
      try Data([1]).write(to: URL(fileURLWithPath: path + "/generation-3.segment.building"))
      try Data([1]).write(to: URL(fileURLWithPath: path + "/notes.txt"))
      #expect(
        try folder.removeOthers(than: [kept]) == ["generation-2.segment", "generation-3.segment.building"])
      #expect(try names(in: path) == ["generation-1.segment", "notes.txt"])
      #expect(try SegmentFolder(path: path + "/none", failpoint: { _ in }).removeOthers(than: []).isEmpty)
    }
  }

  @Test("An inspection tells the file's facts")
  func inspects() throws {
    try withTemporaryFolder { path in
      let file = try SegmentFolder(path: path, failpoint: { _ in }).write(try sampleContents(), number: 1)
      let facts = try SegmentInspection(path: path + "/" + file.name)
      #expect(facts.checksum == file.checksum && facts.byteCount == file.byteCount)
      #expect(facts.rowCount == 300 && facts.dimension == 20 && facts.equalRowCount == 1)
      #expect(facts.watermark == 1000 && facts.fingerprint == "abc123")
      #expect(facts.degreeMean > 2 && facts.degreeMean <= 12)
      #expect(facts.description.contains("300 rows of 20 components, squaredL2, 1 equal to an earlier one"))
    }
  }
}
