// Owns the promises of opening: what a folder holds is recognised, and what it is not for is refused by name.

import Foundation
import IndexModel
import LMDB
import TierEngine
import Testing

@testable import ItemStore

@Suite("Opening a store")
struct OpeningTests {
  @Test("a new folder, and those above it, are created for this user alone")
  func folderMode() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/above/store/"
    _ = try Sample.open(path)
    for created in [folder.path + "/above", path] {
      let attributes = try FileManager.default.attributesOfItem(atPath: created)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
    }
  }

  @Test("a store says what it was created for, also to who does not say it")
  func metadataIsKept() throws {
    let folder = try TemporaryFolder()
    #expect(try Sample.open(folder.store).metadata == Sample.metadata)
    let configuration = StoreConfiguration(folder: folder.store, metadata: nil)
    #expect(try LMDBItemStore.open(configuration).metadata == Sample.metadata)
  }

  @Test(
    "a store made for another model, metric or version domain is refused with both values named",
    arguments: ["model", "metric", "version domain"])
  func wrongMetadata(_ field: String) throws {
    let folder = try TemporaryFolder()
    _ = try Sample.open(folder.store)
    var wanted = Sample.metadata
    let words: [String]
    switch field {
    case "model":
      wanted.model = ModelIdentity(name: "mini", fingerprint: "fedcba9876543210", dimension: Sample.dimension)
      words = ["0123456789ab", "fedcba987654"]
    case "metric":
      wanted.metric = .squaredL2
      words = ["cosine", "squaredL2"]
    default:
      wanted.versionDomain = .field
      words = ["log", "field"]
    }
    let error = #expect(throws: StoreError.self) {
      _ = try LMDBItemStore.open(StoreConfiguration(folder: folder.store, metadata: wanted))
    }
    #expect(error?.code == .wrongMetadata)
    for word in words + [field, folder.store] { #expect(error?.message.contains(word) == true, "\(word)") }
    _ = try Sample.open(folder.store)
  }

  @Test("a store of another format is refused with both formats named")
  func wrongFormat() throws {
    let folder = try TemporaryFolder()
    do {
      let store = try Sample.open(folder.store)
      try store.putSealed(Keys.format, in: store.tables.meta) { $0.append(UInt32(77)) }
    }
    let error = #expect(throws: StoreError.self) { _ = try Sample.open(folder.store) }
    #expect(error?.code == .wrongFormat)
    #expect(error?.message.contains("77") == true && error?.message.contains("reads 1") == true)
  }

  @Test("another program's LMDB environment is refused and left as it is")
  func foreignEnvironment() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: true)
    do {
      let environment = try Environment(
        EnvironmentOptions(folder: folder.store, mapBytes: 1 << 20, databaseCountMax: 1))
      try environment.write { _ = try $0.createDatabase("theirs", keys: .bytes) }
    }
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.store + "/data.mdb"))
    let error = #expect(throws: StoreError.self) { _ = try Sample.open(folder.store) }
    #expect(error?.code == .wrongFormat)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store + "/data.mdb")) == before)
  }

  @Test("a folder without a store cannot be read, and is not created by reading")
  func nothingToRead() throws {
    let folder = try TemporaryFolder()
    var configuration = Sample.configuration(folder.store)
    configuration.isReadOnly = true
    let error = #expect(throws: StoreError.self) { _ = try LMDBItemStore.open(configuration) }
    #expect(error?.message.contains(folder.store) == true)
    #expect(!FileManager.default.fileExists(atPath: folder.store))
  }

  @Test("a file where the folder should be is refused by name")
  func fileInsteadOfFolder() throws {
    let folder = try TemporaryFolder()
    #expect(FileManager.default.createFile(atPath: folder.store, contents: Data("x".utf8)))
    let error = #expect(throws: StoreError.self) { _ = try Sample.open(folder.store) }
    #expect(error?.code == .system)
    #expect(error?.message.contains(folder.store) == true)
  }

  @Test("a dimension that the layout cannot hold is refused before anything is created", arguments: [0, 65536])
  func impossibleDimension(_ dimension: Int) throws {
    let folder = try TemporaryFolder()
    var metadata = Sample.metadata
    metadata.model = ModelIdentity(name: "wide", fingerprint: "f", dimension: dimension)
    let error = #expect(throws: StoreError.self) {
      _ = try LMDBItemStore.open(StoreConfiguration(folder: folder.store, metadata: metadata))
    }
    #expect(error?.code == .wrongMetadata)
    #expect(!FileManager.default.fileExists(atPath: folder.store))
  }
}
