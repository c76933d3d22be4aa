// Owns ordered visits of one database. Invariant: a cursor is closed before its transaction ends.

import CLMDB

/// A place in a database. Made by `Transaction.withCursor`.
@safe public struct Cursor: ~Copyable {
  /// Where to go from here.
  public enum Step: Sendable {
    /// The least key.
    case first
    /// The greatest key.
    case last
    /// The next greater key; the least one, where the cursor has not moved yet.
    case next

    fileprivate var operation: MDB_cursor_op {
      switch self {
      case .first: MDB_FIRST
      case .last: MDB_LAST
      case .next: MDB_NEXT
      }
    }
  }

  // SAFETY (@safe): the handle is opened by `init`, closed once by `deinit`, and cannot be copied out.
  private let handle: OpaquePointer
  private let databaseName: String

  init(_ transaction: Transaction, _ database: Database) throws {
    var handle: OpaquePointer?
    try unsafe check(
      mdb_cursor_open(transaction.raw, database.handle, &handle), "cannot open a cursor over \(database.name)")
    guard let handle = unsafe handle else {
      throw LMDBError(code: .unusable, context: "no cursor over \(database.name)")
    }
    unsafe self.handle = handle
    databaseName = database.name
  }

  deinit {
    unsafe mdb_cursor_close(handle)
  }

  /// Moves, and passes the row's key and value to `body`, valid during the call; `nil` where there is no such row.
  /// The value's bytes are not touched unless `body` reads them.
  public mutating func move<Result>(
    _ step: Step, _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Result
  ) throws -> Result? {
    var key = unsafe MDB_val()
    return try unsafe visit(&key, step.operation, body)
  }

  /// Moves to the least key that is `key` or greater.
  public mutating func seek<Result>(
    _ key: Span<UInt8>, _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Result
  ) throws -> Result? {
    // SAFETY: the key outlives the call; LMDB then points `keyValue` into the map.
    try unsafe key.withUnsafeBytes { keyBytes in
      var keyValue = unsafe MDB_val(keyBytes)
      return try unsafe visit(&keyValue, MDB_SET_RANGE, body)
    }
  }

  /// Moves to the least integer key that is `key` or greater.
  public mutating func seek<Result>(
    _ key: UInt64, _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Result
  ) throws -> Result? {
    try withIntegerKey(key) { try seek($0, body) }
  }

  private func visit<Result>(
    _ key: inout MDB_val, _ operation: MDB_cursor_op, _ body: (RawSpan, RawSpan) throws -> Result
  ) throws -> Result? {
    var value = unsafe MDB_val()
    let code = unsafe mdb_cursor_get(handle, &key, &value, operation)
    if code == MDB_NOTFOUND { return nil }
    try check(code, "cannot read from \(databaseName)")
    // SAFETY: key and value lie in the map, which outlives the transaction.
    return try unsafe body(key.buffer.bytes, value.buffer.bytes)
  }
}
