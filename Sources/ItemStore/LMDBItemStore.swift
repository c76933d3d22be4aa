// Owns an open store. Invariants: one process writes a folder, one thread at a time; what was created for one model,
// metric or version domain is never opened for another.

import Glibc
import IndexModel
import LMDB
import Synchronization
import TierEngine

/// The store in LMDB: one environment in one folder. The layout is described in `Layout/Keys.swift`.
public final class LMDBItemStore: StorePort {
  /// What the store was created for.
  public let metadata: StoreMetadata
  /// The store's folder.
  public let folder: String

  let tables: Tables
  private let opened: Mutex<Opened?>
  private let isReadOnly: Bool
  private let failpoint: FailpointHandler
  private let writer = Mutex(WriterState())

  /// What `close` lets go; a transaction under way keeps both until it ends.
  private struct Opened {
    let environment: Environment
    let lock: FolderLock?
  }

  private struct WriterState {
    var thread: pthread_t?
    var encoder = RecordEncoder()
  }

  private init(
    _ configuration: StoreConfiguration, metadata: StoreMetadata, environment: Environment, tables: Tables,
    lock: FolderLock?
  ) {
    self.metadata = metadata
    folder = configuration.folder
    self.tables = tables
    opened = Mutex(Opened(environment: environment, lock: lock))
    isReadOnly = configuration.isReadOnly
    failpoint = configuration.failpoint
  }

  /// Opens the store, creating it where the folder has none. Blocking: a few system calls. Throws `StoreError`:
  /// `.locked` where another process writes the folder, `.wrongMetadata`, `.wrongFormat` or `.corrupt` where it holds
  /// something else, `.system` where the system refuses.
  public static func open(_ configuration: StoreConfiguration) throws -> LMDBItemStore {
    let folder = configuration.folder
    if let dimension = configuration.metadata?.model.dimension {
      guard (1...VectorCodec.dimensionMax).contains(dimension) else {
        throw StoreError(
          code: .wrongMetadata,
          message: "a model of dimension \(dimension) cannot be stored: use 1 to \(VectorCodec.dimensionMax)")
      }
    }
    if !configuration.isReadOnly { try createFolder(folder) }
    let lock = configuration.isReadOnly ? nil : try FolderLock(folder: folder)
    return try translated(in: folder) {
      let environment = try Environment(
        EnvironmentOptions(
          folder: folder, mapBytes: configuration.mapBytesMax, databaseCountMax: TableName.allCases.count,
          durability: configuration.durability == .durable ? .full : .lastCommitAtRisk,
          isReadOnly: configuration.isReadOnly))
      let (tables, metadata) = try StoreOpening(configuration, environment).run()
      return LMDBItemStore(configuration, metadata: metadata, environment: environment, tables: tables, lock: lock)
    }
  }

  /// Lets the folder go as soon as no transaction is under way; later calls throw `StoreError`. Idempotent.
  public func close() {
    // Released outside the lock: closing an environment writes to the disk.
    _ = opened.withLock { opened in exchange(&opened, with: nil) }
  }

  /// Runs `body` on the open environment, which stays open and locked meanwhile. Throws `StoreError` after `close`,
  /// and in place of an `LMDBError`.
  func withEnvironment<Result>(_ body: (Environment) throws -> Result) throws -> Result {
    guard let opened = opened.withLock({ $0 }) else {
      throw StoreError(code: .system, message: "\(folder): the store was closed; open it again")
    }
    return try withExtendedLifetime(opened) {
      try translated(in: folder) { try body(opened.environment) }
    }
  }

  /// Runs `body` in a write transaction and commits it; see `StorePort`. Another thread's write is waited for; a
  /// write inside a write is a bug and ends the process.
  public func write<Result>(_ body: (any StoreWriting) throws -> Result) throws -> Result {
    precondition(
      writer.withLock { $0.thread != pthread_self() }, "a write was begun inside a write of the same thread")
    guard !isReadOnly else {
      throw StoreError(code: .system, message: "\(folder) was opened to be read: open it to be written")
    }
    return try withEnvironment { environment in
      try environment.write { transaction in
        let encoder = writer.withLock { state in
          state.thread = pthread_self()
          return exchange(&state.encoder, with: RecordEncoder())
        }
        let storeWriter = StoreWriter(transaction, tables, dimension: metadata.model.dimension, encoder)
        defer {
          writer.withLock { state in
            state.thread = nil
            state.encoder = storeWriter.encoder
          }
        }
        let result = try body(storeWriter)
        try storeWriter.finish()
        failpoint(.beforeCommit)
        return result
      }
    }
  }

  /// Runs `body` on one consistent snapshot; see `StorePort`.
  public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
    try withEnvironment { environment in
      try environment.read { transaction in
        try body(StoreReader(transaction, tables, dimension: metadata.model.dimension))
      }
    }
  }
}
