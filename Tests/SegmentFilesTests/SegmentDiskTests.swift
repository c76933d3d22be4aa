// Owns the promises about disks that refuse.

import Foundation
import Glibc
import TierEngine
import Testing

@testable import SegmentFiles

/// A small memory disk, where this process may mount one.
private final class SmallDisk {
  let path: String

  init?(byteCount: Int) {
    path = NSTemporaryDirectory() + "/freshet-disk-\(UUID().uuidString)"
    guard (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil else {
      return nil
    }
    let options = "size=\(byteCount)"
    guard unsafe mount("tmpfs", path, "tmpfs", 0, options) == 0 else {
      try? FileManager.default.removeItem(atPath: path)
      return nil
    }
  }

  deinit {
    _ = unsafe umount2(path, Int32(MNT_DETACH))
    try? FileManager.default.removeItem(atPath: path)
  }

  static var canBeMounted: Bool { SmallDisk(byteCount: 65_536) != nil }
}

@Suite("Segments and their disk")
struct SegmentDiskTests {
  @Test("A full disk is told as such and leaves no file behind", .enabled(if: SmallDisk.canBeMounted))
  func fullDisk() throws {
    let disk = try #require(SmallDisk(byteCount: 65_536))
    let folder = SegmentFolder(path: disk.path, failpoint: { _ in })
    let contents = try sampleContents(rowCount: 2000)
    let error = #expect(throws: SegmentFileError.self) { try folder.write(contents, number: 1) }
    #expect(error?.code == .full && error?.message.contains("generation-1.segment") == true)
    #expect(try names(in: disk.path).isEmpty)
    let small = try folder.write(try sampleContents(rowCount: 2, dimension: 2), number: 2)
    #expect(try folder.open(small).index.rowCount == 2)
  }

  @Test("A folder that cannot be made is told with its path")
  func folderCannotBeMade() throws {
    let folder = SegmentFolder(path: "/proc/none/segments", failpoint: { _ in })
    let contents = try sampleContents(rowCount: 2)
    let error = #expect(throws: SegmentFileError.self) { try folder.write(contents, number: 1) }
    #expect(error?.message.contains("/proc/none/segments") == true)
  }
}
