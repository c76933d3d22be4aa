// Owns the tests' way around the store: raw rows, as a damaged disk or a faulty writer would leave them.

import LMDB

@testable import ItemStore

extension LMDBItemStore {
  /// The first row as it is stored.
  func firstRow(of table: Table) throws -> (key: [UInt8], value: [UInt8]) {
    try withEnvironment {
      try $0.read { transaction in
        try transaction.withCursor(over: table.database) { cursor in
          try cursor.move(.first) { ($0.array, $1.array) }
        }
      }
    } ?? ([], [])
  }

  /// Writes bytes as they are.
  func putRaw(_ key: [UInt8], _ value: [UInt8], in table: Table) throws {
    try withEnvironment { try $0.write { try $0.put(key.span, value.span, in: table.database) } }
  }

  /// Writes a value with its checksum, past the rules of the writer.
  func putSealed(_ key: [UInt8], in table: Table, _ encode: (inout RecordEncoder) -> Void) throws {
    try withEnvironment {
      try $0.write { transaction in
        var encoder = RecordEncoder()
        encoder.begin()
        encode(&encoder)
        try table.put(key.span, &encoder, transaction)
      }
    }
  }

  /// Verifies the rows that no reader visits: changes, and what the store was created for.
  func readUnvisitedRows() throws {
    try withEnvironment {
      try $0.read { transaction in
        for table in [tables.changes, tables.meta] {
          try table.forEachRow(from: .first, transaction) { key, value in
            try table.verified(key, value) { true }
          }
        }
      }
    }
  }

  /// Removes a row, past the rules of the writer.
  func removeRaw(_ key: [UInt8], in table: Table) throws {
    try withEnvironment { try $0.write { _ = try $0.remove(key.span, in: table.database) } }
  }

  /// An integer key as it is stored.
  static func key(_ integer: UInt64) -> [UInt8] {
    withBytes(of: integer) { span in span.indices.map { span[$0] } }
  }
}
