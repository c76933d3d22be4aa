// Owns the promises of a full map and a full disk: nothing of the transaction stays, and the store goes on.

import Foundation
import IndexModel
import ItemStore
import TierEngine
import Testing

@Suite("Room")
struct RoomTests {
  @Test("a full map is an error that changes nothing; with a larger map the same write succeeds")
  func mapFull() throws {
    let folder = try TemporaryFolder()
    var configuration = Sample.configuration(folder.store)
    configuration.mapBytesMax = 1 << 20
    var written = 0
    do {
      let store = try LMDBItemStore.open(configuration)
      let error = try #require(Self.fill(store, &written))
      #expect(error.code == .full)
      #expect(error.disposition == .retry)
      #expect(error.message.contains(folder.store))
      try Self.expectBatches(written, in: store)
      // Little still fits, and removing makes room.
      try store.write { writer in
        try writer.putTombstone(Sample.id("item-0"), Sample.tombstone(UInt64(written + 1)))
        try writer.removeVector(SequenceNumber(rawValue: 1))
      }
      #expect(try StoreInspection.run(store).isValid)
    }
    configuration.mapBytesMax = 4 << 20
    let store = try LMDBItemStore.open(configuration)
    try Self.write(written + 1, to: store)
    #expect(try StoreInspection.run(store).isValid)
  }

  @Test(
    "a full disk is an error that changes nothing; once there is room the same write succeeds",
    .enabled(if: TinyDisk.canMount, "mounting a small file system needs root"))
  func diskFull() throws {
    let disk = try TinyDisk(byteCount: 4 << 20)
    let ballast = disk.path + "/ballast"
    try Data(count: 1 << 20).write(to: URL(fileURLWithPath: ballast))
    let folder = disk.path + "/store"
    var written = 0
    let store = try Sample.open(folder)
    let error = try #require(Self.fill(store, &written))
    #expect(error.code == .full)
    #expect(error.disposition == .retry)
    #expect(error.message.contains(folder))
    try Self.expectBatches(written, in: store)
    #expect(throws: StoreError.self) { try Self.write(written, to: store) }
    try FileManager.default.removeItem(atPath: ballast)
    try Self.write(written, to: store)
    try Self.expectBatches(written + 1, in: store)
    #expect(try StoreInspection.run(store).isValid)
  }

  /// Writes batches until one fails; `written` counts those that did not.
  private static func fill(_ store: LMDBItemStore, _ written: inout Int) throws -> StoreError? {
    while written < 1000 {
      do {
        try write(written, to: store)
      } catch let error as StoreError {
        return error
      }
      written += 1
    }
    return nil
  }

  /// One batch: an item with 100 kB of text.
  private static func write(_ batch: Int, to store: LMDBItemStore) throws {
    try store.write { writer in
      let id = try Sample.id("item-\(batch)")
      let sequence = UInt64(batch + 1)
      try Sample.upsert(id, sequence, writer)
      try writer.putText(id, String(repeating: "x", count: 100_000))
      try writer.putPosition(
        Sample.partition,
        StoredPosition(nextOffset: Int64(sequence), lastOffset: Int64(batch), lastRecordHash: sequence))
    }
  }

  private static func expectBatches(_ count: Int, in store: LMDBItemStore) throws {
    try store.read { reader throws in
      #expect(try reader.counts().items == count)
      #expect(try reader.positions()[Sample.partition]?.nextOffset == Int64(count))
      #expect(try reader.lastSequence() == SequenceNumber(rawValue: UInt64(count)))
      #expect(try reader.item(Sample.id("item-\(count)")) == nil)
    }
  }
}

/// A file system of a few megabytes, unmounted with this object.
private final class TinyDisk {
  static let canMount: Bool = (try? TinyDisk(byteCount: 1 << 20)) != nil

  let path: String
  private let folder: TemporaryFolder

  private struct NotMounted: Error {}

  init(byteCount: Int) throws {
    folder = try TemporaryFolder()
    path = folder.path
    guard try Self.run("mount", "-t", "tmpfs", "-o", "size=\(byteCount)", "tmpfs", path) == 0 else {
      throw NotMounted()
    }
  }

  deinit {
    // Lazily, because a store that a failed test left open would hold it.
    _ = try? Self.run("umount", "-l", path)
  }

  private static func run(_ command: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
