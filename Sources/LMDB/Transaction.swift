// Owns reads inside one transaction. Invariant: a transaction lives exactly as long as the closure that received
// it; any use after that ends the process instead of touching freed memory.

import CLMDB

/// One consistent snapshot. Used by one thread at a time.
@safe public class Transaction {
  // SAFETY (@safe): `raw` is the only way to LMDB's handle, and traps once the transaction has ended.
  private var handle: OpaquePointer?

  init(handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  /// LMDB's handle, valid until the closure returns.
  final var raw: OpaquePointer {
    guard let handle = unsafe handle else {
      preconditionFailure("a transaction was used after its closure had returned")
    }
    return unsafe handle
  }

  /// Takes the handle away, so that no later use reaches it.
  final func end() -> OpaquePointer {
    let ending = unsafe raw
    unsafe handle = nil
    return unsafe ending
  }

  /// Opens a named database; the handle stays valid once the transaction is committed.
  final func open(_ name: String, flags: UInt32) throws -> Database {
    // SAFETY: `raw` is live; the name is a C string during the call.
    var database: MDB_dbi = 0
    try unsafe check(mdb_dbi_open(raw, name, flags, &database), "cannot open the database \(name)")
    return Database(name: name, handle: database)
  }

  /// Passes the value of `key` to `body`, valid during the call; `nil` where there is none.
  public final func withValue<Result>(
    _ key: Span<UInt8>, in database: Database, _ body: (RawSpan) throws -> Result
  ) throws -> Result? {
    // SAFETY: the key outlives the call; the value lies in the map, which outlives the transaction.
    try unsafe key.withUnsafeBytes { keyBytes in
      var keyValue = unsafe MDB_val(keyBytes)
      var value = unsafe MDB_val()
      let code = unsafe mdb_get(raw, database.handle, &keyValue, &value)
      if code == MDB_NOTFOUND { return nil }
      try check(code, "cannot read from \(database.name)")
      return try unsafe body(value.buffer.bytes)
    }
  }

  /// Passes the value of an integer key to `body`, valid during the call; `nil` where there is none.
  public final func withValue<Result>(
    _ key: UInt64, in database: Database, _ body: (RawSpan) throws -> Result
  ) throws -> Result? {
    try withIntegerKey(key) { try withValue($0, in: database, body) }
  }

  /// Passes a cursor over `database` to `body`. The cursor ends with the call.
  public final func withCursor<Result>(
    over database: Database, _ body: (inout Cursor) throws -> Result
  ) throws -> Result {
    var cursor = try Cursor(self, database)
    return try body(&cursor)
  }

  /// Rows and pages of `database`. Constant cost.
  public final func statistics(of database: Database) throws -> DatabaseStatistics {
    // SAFETY: `raw` is live; the result goes to a local.
    var status = MDB_stat()
    try unsafe check(mdb_stat(raw, database.handle, &status), "cannot count the rows of \(database.name)")
    let pageCount = status.ms_branch_pages + status.ms_leaf_pages + status.ms_overflow_pages
    return DatabaseStatistics(rowCount: status.ms_entries, byteCount: pageCount * Int(status.ms_psize))
  }
}

/// Passes `key` as LMDB's integer databases store it.
func withIntegerKey<Result>(_ key: UInt64, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
  // SAFETY: the bytes of a local integer, read during the call.
  try unsafe withUnsafeBytes(of: key) { bytes in
    try unsafe body(bytes.assumingMemoryBound(to: UInt8.self).span)
  }
}

extension MDB_val {
  /// Points at `bytes`.
  // SAFETY: the caller keeps `bytes` alive for every use; LMDB writes through no key or value that it is given.
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }

  /// What LMDB points at.
  // SAFETY: LMDB set both fields, or they are empty; the caller uses the bytes within the transaction.
  var buffer: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: mv_data, count: mv_size)
  }
}
