// Owns changes inside one write transaction. Invariant: after a failed change nothing of the transaction can be
// committed, even where the caller swallowed the error.

import CLMDB

/// A transaction that changes. One at a time in all processes; used by the thread that began it.
public final class WriteTransaction: Transaction {
  /// Where a row may go.
  public enum Placement: Sendable {
    /// Anywhere; an existing row is replaced.
    case anywhere
    /// After every other key; throws `.keyOutOfOrder` where the key is not the greatest. Fills pages to the end.
    case atEnd

    fileprivate var flags: UInt32 { self == .atEnd ? UInt32(MDB_APPEND) : 0 }
  }

  private(set) var failure: LMDBError?

  /// The database of that name, created where it is missing.
  public func createDatabase(_ name: String, keys: Database.KeyOrder) throws -> Database {
    try open(name, flags: UInt32(MDB_CREATE) | keys.flags)
  }

  /// Writes a row.
  public func put(
    _ key: Span<UInt8>, _ value: Span<UInt8>, in database: Database, _ placement: Placement = .anywhere
  ) throws {
    // SAFETY: key and value outlive the call, in which LMDB copies them.
    try unsafe value.withUnsafeBytes { valueBytes in
      var data = unsafe MDB_val(valueBytes)
      try unsafe put(key, &data, in: database, placement.flags)
    }
  }

  /// Writes a row with an integer key.
  public func put(
    _ key: UInt64, _ value: Span<UInt8>, in database: Database, _ placement: Placement = .anywhere
  ) throws {
    try withIntegerKey(key) { try put($0, value, in: database, placement) }
  }

  /// Writes a row with an integer key whose `byteCount` bytes `fill` writes in place, all of them: they are not
  /// cleared before.
  public func put(
    _ key: UInt64, byteCount: Int, in database: Database, _ placement: Placement = .anywhere,
    fill: (inout MutableRawSpan) -> Void
  ) throws {
    try withIntegerKey(key) { keySpan in
      var data = unsafe MDB_val(mv_size: byteCount, mv_data: nil)
      try unsafe put(keySpan, &data, in: database, placement.flags | UInt32(MDB_RESERVE))
      // SAFETY: LMDB reserved `byteCount` writable bytes, valid until the next change.
      var bytes = unsafe UnsafeMutableRawBufferPointer(start: data.mv_data, count: byteCount).mutableBytes
      fill(&bytes)
    }
  }

  /// Removes a row; returns whether it was there.
  public func remove(_ key: Span<UInt8>, in database: Database) throws -> Bool {
    // SAFETY: the key outlives the call.
    try unsafe key.withUnsafeBytes { keyBytes in
      var keyValue = unsafe MDB_val(keyBytes)
      let code = unsafe mdb_del(raw, database.handle, &keyValue, nil)
      if code == MDB_NOTFOUND { return false }
      try remember(code, "cannot remove from \(database.name)")
      return true
    }
  }

  /// Removes a row with an integer key; returns whether it was there.
  public func remove(_ key: UInt64, in database: Database) throws -> Bool {
    try withIntegerKey(key) { try remove($0, in: database) }
  }

  private func put(_ key: Span<UInt8>, _ data: inout MDB_val, in database: Database, _ flags: UInt32) throws {
    // SAFETY: the key outlives the call, in which LMDB copies it.
    try unsafe key.withUnsafeBytes { keyBytes in
      var keyValue = unsafe MDB_val(keyBytes)
      try unsafe remember(
        mdb_put(raw, database.handle, &keyValue, &data, flags), "cannot write to \(database.name)")
    }
  }

  private func remember(_ code: Int32, _ context: @autoclosure () -> String) throws {
    guard code != MDB_SUCCESS else { return }
    let error = LMDBError(rawCode: code, context: context())
    failure = failure ?? error
    throw error
  }
}
