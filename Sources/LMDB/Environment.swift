// Owns one LMDB environment: opening, read and write transactions, and its end. Invariants: one environment a folder
// and process; a write is committed whole or leaves nothing; a file shorter than its header says is never read.

import CLMDB
import Glibc
import Synchronization

/// A memory-mapped, transactional store of named databases in one folder. From any thread.
@safe public final class Environment: @unchecked Sendable {
  // SAFETY (@unchecked): LMDB's environment handle may be used from any thread (with MDB_NOTLS, a read transaction
  // too, by one at a time); all Swift state is immutable or behind a mutex.
  // SAFETY (calls of LMDB): `handle` is open from `init` to `deinit`; a transaction's handle is taken from it by
  // `end()` before it is committed, aborted or given back, so it is used once for that; results go to locals.

  /// The longest key that LMDB accepts, in bytes.
  public static let keyByteCountMax = 511
  /// How many read transactions may be open at a time, in all processes.
  static let readerCountMax = 1022
  /// How many ended read transactions are kept for reuse.
  private static let pooledReaderCountMax = 32

  /// How many snapshots are looked at before a header that does not fit is taken for damage.
  private static let headerReadCountMax = 1000

  private let handle: OpaquePointer
  private let folder: String
  private let identity: FolderIdentity
  private let idleReaders = Mutex<[ReadHandle]>([])

  /// Opens the environment. Throws `LMDBError`.
  public init(_ options: EnvironmentOptions) throws {
    let identity = try FolderIdentity(path: options.folder)
    try OpenEnvironments.take(identity, path: options.folder)
    do {
      if !options.isReadOnly { try LockTable.reserve(inFolder: options.folder) }
      unsafe handle = try unsafe Self.open(options)
    } catch {
      OpenEnvironments.release(identity)
      throw error
    }
    self.identity = identity
    folder = options.folder
    // Slots of readers that died would keep pages from being used again.
    var deadReaderCount: Int32 = 0
    try unsafe check(mdb_reader_check(handle, &deadReaderCount), "cannot check the readers of \(folder)")
    try checkComplete()
  }

  deinit {
    // SAFETY: every transaction holds this object, so only idle readers are left; none is used again.
    idleReaders.withLock { readers in
      for reader in readers { unsafe mdb_txn_abort(reader.pointer) }
      readers = []
    }
    unsafe mdb_env_close(handle)
    OpenEnvironments.release(identity)
  }

  /// Runs `body` on one consistent snapshot. A long read keeps freed pages from being used again. Throws `LMDBError`
  /// and what `body` throws.
  public func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    let transaction = unsafe Transaction(handle: try takeReader())
    defer { unsafe giveBack(transaction.end()) }
    return try body(transaction)
  }

  /// Runs `body` in a write transaction and commits it. Waits for another thread's write to end. Where `body` or a
  /// change in it failed, nothing stays. Throws `LMDBError` and what `body` throws.
  public func write<Result>(_ body: (WriteTransaction) throws -> Result) throws -> Result {
    let transaction = unsafe WriteTransaction(handle: try begin(flags: 0))
    let result: Result
    do {
      result = try body(transaction)
      if let failure = transaction.failure { throw failure }
    } catch {
      unsafe mdb_txn_abort(transaction.end())
      throw error
    }
    try unsafe commit(transaction.end())
    return result
  }

  /// Opens databases that exist. Throws `.databaseMissing` where one does not.
  public func openDatabases(_ wanted: [(name: String, keys: Database.KeyOrder)]) throws -> [Database] {
    let transaction = unsafe Transaction(handle: try begin(flags: MDB_RDONLY))
    let databases: [Database]
    do {
      databases = try wanted.map { try transaction.open($0.name, flags: $0.keys.flags) }
    } catch {
      unsafe mdb_txn_abort(transaction.end())
      throw error
    }
    // Handles outlive their transaction only where it is committed, a read too.
    try unsafe check(mdb_txn_commit(transaction.end()), "cannot open the databases of \(folder)")
    return databases
  }

  /// The environment's sizes.
  public func information() throws -> EnvironmentInformation {
    var information = unsafe MDB_envinfo()
    var status = MDB_stat()
    try unsafe check(mdb_env_info(handle, &information), "cannot look at \(folder)")
    try unsafe check(mdb_env_stat(handle, &status), "cannot look at \(folder)")
    return unsafe EnvironmentInformation(
      mapBytes: information.me_mapsize, usedBytes: (information.me_last_pgno + 1) * Int(status.ms_psize))
  }

  /// Whether nothing was ever committed.
  public func isEmpty() throws -> Bool {
    var information = unsafe MDB_envinfo()
    try unsafe check(mdb_env_info(handle, &information), "cannot look at \(folder)")
    return unsafe information.me_last_txnid == 0
  }

  private func checkComplete() throws {
    var descriptor: Int32 = 0
    var status = MDB_stat()
    try unsafe check(mdb_env_get_fd(handle, &descriptor), "cannot look at \(folder)")
    try unsafe check(mdb_env_stat(handle, &status), "cannot look at \(folder)")
    let file = DataFile(
      descriptor: descriptor, path: folder + "/data.mdb", pageByteCount: Int(status.ms_psize))
    // The read transaction keeps a writer beside from reusing the pages of its snapshot, but not from replacing the
    // snapshot's header: then a newer snapshot is looked at.
    for _ in 0..<Self.headerReadCountMax {
      let isComplete = try read { transaction in
        try unsafe file.isComplete(transactionID: UInt64(mdb_txn_id(transaction.raw)))
      }
      if isComplete { return }
    }
    throw file.damaged("no header is of the newest transaction")
  }

  private func commit(_ transaction: OpaquePointer) throws {
    let code = unsafe mdb_txn_commit(transaction)
    // LMDB reports a write that the disk cut short as an input/output error.
    if code == EIO, DataFile.isDiskFull(inFolder: folder) {
      throw LMDBError(code: .diskFull, rawCode: code, context: "cannot commit to \(folder)")
    }
    try check(code, "cannot commit to \(folder)")
  }

  private static func open(_ options: EnvironmentOptions) throws -> OpaquePointer {
    // SAFETY: the handle is made, set up and opened here, and closed on every failure; strings live during the calls.
    var created: OpaquePointer?
    try unsafe check(mdb_env_create(&created), "cannot create an environment")
    guard let environment = unsafe created else {
      throw LMDBError(code: .unusable, context: "no environment for \(options.folder)")
    }
    do {
      let context = "cannot open \(options.folder)"
      if !options.isReadOnly { try unsafe check(mdb_env_set_mapsize(environment, options.mapBytes), context) }
      try unsafe check(mdb_env_set_maxdbs(environment, UInt32(options.databaseCountMax)), context)
      try unsafe check(mdb_env_set_maxreaders(environment, UInt32(readerCountMax)), context)
      // Values are read in many small places: the kernel's read-ahead would fetch what nobody asks for.
      var flags = MDB_NOTLS | MDB_NORDAHEAD
      if options.isReadOnly { flags |= MDB_RDONLY }
      if options.durability == .lastCommitAtRisk { flags |= MDB_NOMETASYNC }
      try unsafe check(mdb_env_open(environment, options.folder, UInt32(flags), 0o600), context)
      return unsafe environment
    } catch {
      unsafe mdb_env_close(environment)
      throw error
    }
  }
}

/// An environment's sizes, in bytes.
public struct EnvironmentInformation: Sendable, Hashable {
  /// Address space reserved.
  public let mapBytes: Int
  /// Pages up to the last one ever used, free ones among them.
  public let usedBytes: Int
}

/// A read transaction that waits for its next use.
@safe private struct ReadHandle: @unchecked Sendable {
  // SAFETY (@unchecked, @safe): with MDB_NOTLS a read transaction belongs to no thread; the pool hands it to one at a
  // time.
  let pointer: OpaquePointer
}

extension Environment {
  private func begin(flags: Int32) throws -> OpaquePointer {
    var begun: OpaquePointer?
    try unsafe check(mdb_txn_begin(handle, nil, UInt32(flags), &begun), "cannot begin a transaction in \(folder)")
    guard let begun = unsafe begun else {
      throw LMDBError(code: .unusable, context: "no transaction in \(folder)")
    }
    return unsafe begun
  }

  private func takeReader() throws -> OpaquePointer {
    // SAFETY: the reader left the pool under its lock, so nobody else holds it.
    if let idle = idleReaders.withLock({ $0.popLast() }) {
      let code = unsafe mdb_txn_renew(idle.pointer)
      if code == MDB_SUCCESS { return unsafe idle.pointer }
      unsafe mdb_txn_abort(idle.pointer)
      throw LMDBError(rawCode: code, context: "cannot begin a read in \(folder)")
    }
    return try unsafe begin(flags: MDB_RDONLY)
  }

  private func giveBack(_ reader: OpaquePointer) {
    // SAFETY: the reader's closure has returned; it is reset once, then either kept or freed.
    unsafe mdb_txn_reset(reader)
    let isKept = idleReaders.withLock { readers in
      guard readers.count < Self.pooledReaderCountMax else { return false }
      unsafe readers.append(ReadHandle(pointer: reader))
      return true
    }
    if !isKept { unsafe mdb_txn_abort(reader) }
  }
}
