// Owns the decision what an opened environment is: new, ours, of another format, or made for something else.

import IndexModel
import LMDB
import TierEngine

/// One opening of a store.
struct StoreOpening {
  private let configuration: StoreConfiguration
  private let environment: Environment
  private var folder: String { configuration.folder }

  init(_ configuration: StoreConfiguration, _ environment: Environment) {
    self.configuration = configuration
    self.environment = environment
  }

  /// The store's databases and what it was created for; a new store is created.
  func run() throws -> (Tables, StoreMetadata) {
    guard try !environment.isEmpty() else { return try create() }
    try checkFormat()
    let tables = try Tables.open(in: environment, folder: folder)
    let stored = try environment.read { transaction in
      try tables.meta.row(Keys.metadata.span, transaction) { try MetadataCodec.decode($0) }
    }
    guard let stored else { throw notOurs("it does not say what it was created for") }
    if let wanted = configuration.metadata { try Self.compare(stored, wanted, folder: folder) }
    return (tables, stored)
  }

  private func create() throws -> (Tables, StoreMetadata) {
    guard !configuration.isReadOnly else {
      throw StoreError(code: .system, message: "\(folder) holds no store yet: run the index first")
    }
    guard let metadata = configuration.metadata else {
      throw StoreError(code: .system, message: "\(folder) holds no store: name what it is to be created for")
    }
    let tables = try Tables.create(in: environment, folder: folder) { tables, transaction in
      var encoder = RecordEncoder()
      encoder.begin()
      encoder.append(storeFormat)
      try tables.meta.put(Keys.format.span, &encoder, transaction)
      encoder.begin()
      MetadataCodec.encode(metadata, into: &encoder)
      try tables.meta.put(Keys.metadata.span, &encoder, transaction)
    }
    return (tables, metadata)
  }

  /// Before anything else is opened, because another format may have other databases.
  private func checkFormat() throws {
    let meta: Table
    do {
      let opened = try environment.openDatabases([(TableName.meta.rawValue, TableName.meta.keyOrder)])
      meta = Table(name: .meta, database: opened[0], folder: folder)
    } catch let error as LMDBError where error.code == .databaseMissing {
      throw notOurs("it has no database \(TableName.meta.rawValue)")
    }
    let found = try environment.read { transaction in
      try meta.row(Keys.format.span, transaction) { value in
        var decoder = RecordDecoder()
        return try decoder.integer(value, "format", as: UInt32.self)
      }
    }
    guard let found else { throw notOurs("it has no format version") }
    guard found == storeFormat else {
      throw StoreError(
        code: .wrongFormat,
        message: """
          \(folder) has the format \(found), this version reads \(storeFormat): use the version that wrote it, or \
          another folder and read the log again
          """)
    }
  }

  private func notOurs(_ problem: String) -> StoreError {
    StoreError(
      code: .wrongFormat,
      message: "\(folder) holds an LMDB environment that is no store: \(problem); name another folder")
  }

  private static func compare(_ stored: StoreMetadata, _ wanted: StoreMetadata, folder: String) throws {
    let differences = [
      ("model", stored.model.description, wanted.model.description, stored.model == wanted.model),
      ("metric", stored.metric.rawValue, wanted.metric.rawValue, stored.metric == wanted.metric),
      (
        "version domain", stored.versionDomain.rawValue, wanted.versionDomain.rawValue,
        stored.versionDomain == wanted.versionDomain
      ),
    ].compactMap { name, stored, wanted, isEqual in
      isEqual ? nil : "its \(name) is \(stored), the configuration says \(wanted)"
    }
    guard differences.isEmpty else {
      throw StoreError(
        code: .wrongMetadata,
        message: """
          \(folder) was created for something else: \(differences.joined(separator: "; ")); change the configuration \
          back, or name another folder and read the log again
          """)
    }
  }
}
