// Owns the promises of the folder's lock: one writing process, readers beside it, one environment a process.

import Foundation
import ItemStore
import TierEngine
import Testing

@Suite("The folder's lock")
struct LockTests {
  @Test("a folder that another process writes is refused with the folder and the process named, until that one ends")
  func otherProcess() throws {
    let folder = try TemporaryFolder()
    _ = try Sample.open(folder.store)
    let owner = try LockOwner(lockFile: folder.store + "/LOCK")
    let error = #expect(throws: StoreError.self) { _ = try Sample.open(folder.store) }
    #expect(error?.code == .locked)
    #expect(error?.disposition == .stop)
    #expect(error?.message.contains(folder.store) == true)
    #expect(error?.message.contains("the process \(owner.pid)") == true)
    owner.end()
    _ = try Sample.open(folder.store)
  }

  @Test("a folder can be read beside the process that writes it")
  func readOnlyBeside() throws {
    let folder = try TemporaryFolder()
    do { try Sample.fill(Sample.open(folder.store)) }
    let owner = try LockOwner(lockFile: folder.store + "/LOCK")
    defer { owner.end() }
    var configuration = Sample.configuration(folder.store)
    configuration.isReadOnly = true
    let store = try LMDBItemStore.open(configuration)
    #expect(try store.read { try $0.counts() } == StoreCounts(items: 3, tombstones: 1))
    #expect(try StoreInspection.run(store).isValid)
    let error = #expect(throws: StoreError.self) { try store.write { try $0.removeGeneration(1) } }
    #expect(error?.message.contains("opened to be read") == true)
  }

  @Test("one process opens a folder once, by whatever path", arguments: [false, true])
  func sameProcess(isReadOnly: Bool) throws {
    let folder = try TemporaryFolder()
    let first = try Sample.open(folder.store)
    var configuration = Sample.configuration(folder.path + "/./store")
    configuration.isReadOnly = isReadOnly
    let error = #expect(throws: StoreError.self) { _ = try LMDBItemStore.open(configuration) }
    #expect(error?.code == .locked)
    try Sample.fill(first)
    #expect(try first.read { try $0.counts() }.items == 3)
  }

  @Test("a closed store lets the folder go at once, refuses further use, and may be closed again")
  func closed() throws {
    let folder = try TemporaryFolder()
    let first = try Sample.open(folder.store)
    first.close()
    first.close()
    let error = #expect(throws: StoreError.self) { try first.read { _ in } }
    #expect(error?.message.contains("closed") == true)
    #expect(throws: StoreError.self) { try first.write { _ in } }
    try Sample.fill(Sample.open(folder.store))
  }

  @Test("a read that is under way when the store is closed ends in peace, and keeps the folder until then")
  func closedDuringRead() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    try store.read { reader throws in
      store.close()
      #expect(try reader.counts().items == 3)
      let error = #expect(throws: StoreError.self) { _ = try Sample.open(folder.store) }
      #expect(error?.code == .locked)
    }
    _ = try Sample.open(folder.store)
  }

  @Test("a store that went away can be opened again")
  func reopened() throws {
    let folder = try TemporaryFolder()
    for round in 1...3 {
      let store = try Sample.open(folder.store)
      if round == 1 { try Sample.fill(store) }
      #expect(try store.read { try $0.counts() }.items == 3)
    }
  }
}

/// Another process that holds the lock and has written its id, as a running index does.
private final class LockOwner {
  private let process = Process()
  private let input = Pipe()

  var pid: Int32 { process.processIdentifier }

  init(lockFile: String) throws {
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "exec flock -x \"$0\" sh -c 'echo $PPID > \"$0\"; echo held; read line' \"$0\"", lockFile,
    ]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    _ = output.fileHandleForReading.availableData
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  deinit { end() }
}
