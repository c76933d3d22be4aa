// Owns the way to one database's rows: checksums, and failures that name the database and the key. Invariant: no
// value is decoded before its checksum was verified, and no LMDBError leaves.

import LMDB
import TierEngine

/// One database of the store.
struct Table: Sendable {
  let name: TableName
  let database: Database
  let folder: String

  /// Decodes the row of `key`; `nil` where there is none.
  func row<Row>(_ key: Span<UInt8>, _ transaction: Transaction, _ decode: (RawSpan) throws -> Row) throws -> Row? {
    try translated(in: folder) {
      try transaction.withValue(key, in: database) { value in
        // SAFETY: every byte of a key is initialised.
        try unsafe verified(key.bytes, value) { try decode(value) }
      }
    }
  }

  /// Decodes the row of an integer key; `nil` where there is none.
  func row<Row>(_ key: UInt64, _ transaction: Transaction, _ decode: (RawSpan) throws -> Row) throws -> Row? {
    try withBytes(of: key) { try row($0, transaction, decode) }
  }

  /// Visits rows in the order of their keys until `body` returns false. `body` gets values as they are stored:
  /// `verified` reads them.
  func forEachRow(
    from start: Start, _ transaction: Transaction, _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Bool
  ) throws {
    try translated(in: folder) {
      try transaction.withCursor(over: database) { cursor in
        var goesOn =
          switch start {
          case .first: try cursor.move(.first, body)
          case .integer(let key): try cursor.seek(key, body)
          }
        while goesOn == true { goesOn = try cursor.move(.next, body) }
      }
    }
  }

  /// Where a visit starts.
  enum Start {
    /// At the least key.
    case first
    /// At the least integer key that is this or greater.
    case integer(UInt64)
  }

  /// Runs `decode` once the checksum is verified; a failure names the database and the key.
  func verified<Row>(_ key: RawSpan, _ value: RawSpan, _ decode: () throws -> Row) throws -> Row {
    do {
      try RecordChecksum.verify(key: key, value: value)
      return try decode()
    } catch let failure as RecordFailure {
      throw StoreError(
        code: .corrupt,
        message: """
          \(name.rawValue)/\(name.describe(key: key)) in \(folder): \(failure.problem); restore the folder from a \
          copy, or remove it and read the log again
          """)
    }
  }

  /// Writes the value in `encoder`.
  func put(
    _ key: Span<UInt8>, _ encoder: inout RecordEncoder, _ transaction: WriteTransaction,
    _ placement: WriteTransaction.Placement = .anywhere
  ) throws {
    // SAFETY: every byte of a key is initialised.
    unsafe encoder.seal(key: key.bytes)
    try translated(in: folder) { try transaction.put(key, encoder.bytes.span, in: database, placement) }
  }

  /// Writes the value in `encoder` under an integer key.
  func put(
    _ key: UInt64, _ encoder: inout RecordEncoder, _ transaction: WriteTransaction,
    _ placement: WriteTransaction.Placement = .anywhere
  ) throws {
    try withBytes(of: key) { try put($0, &encoder, transaction, placement) }
  }

  /// Removes a row; returns whether it was there.
  @discardableResult
  func remove(_ key: Span<UInt8>, _ transaction: WriteTransaction) throws -> Bool {
    try translated(in: folder) { try transaction.remove(key, in: database) }
  }

  /// Removes an integer key's row; returns whether it was there.
  @discardableResult
  func remove(_ key: UInt64, _ transaction: WriteTransaction) throws -> Bool {
    try translated(in: folder) { try transaction.remove(key, in: database) }
  }

  /// The number of rows.
  func rowCount(_ transaction: Transaction) throws -> Int {
    try statistics(transaction).rowCount
  }

  /// Rows and pages.
  func statistics(_ transaction: Transaction) throws -> DatabaseStatistics {
    try translated(in: folder) { try transaction.statistics(of: database) }
  }
}

/// Passes an integer key as it is stored.
func withBytes<Result>(of key: UInt64, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
  // SAFETY: the bytes of a local integer, read during the call.
  try unsafe withUnsafeBytes(of: key) { bytes in
    try unsafe body(bytes.assumingMemoryBound(to: UInt8.self).span)
  }
}
