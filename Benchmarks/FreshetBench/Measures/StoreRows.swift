// Owns the yardstick of durable throughput: the rows of a store, written again by LMDB alone. Invariant: same keys,
// same values, same databases, every transaction synced.

import Foundation
import IndexModel
import LMDB

/// The rows that a store's events made.
struct StoreRows {
  private typealias Row = (key: [UInt8], value: [UInt8])
  private static let byInteger = ["changes", "vectors"]
  private static let byID = ["items", "contents"]
  /// Rows that every transaction writes again.
  private static let always = ["positions", "meta"]

  private var rows: [String: [Row]] = [:]

  /// Reads the rows of a closed store whose events each made an item of their own.
  init(ofStore folder: String) throws {
    let environment = try Environment(
      EnvironmentOptions(folder: folder, mapBytes: 0, databaseCountMax: 16, isReadOnly: true))
    let names = Self.byInteger + Self.byID + Self.always
    let databases = try environment.openDatabases(
      names.map { ($0, Self.byInteger.contains($0) ? .integers : .bytes) })
    for (name, database) in zip(names, databases) {
      rows[name] = try environment.read { try Self.rows(of: database, $0) }
    }
    // Ids arrive in no order; their rows were read in order.
    for name in Self.byID {
      var random = SplitMix64(seed: 1)
      rows[name]?.shuffle(using: &random)
    }
  }

  /// Writes all rows to a new environment and returns the seconds that it took.
  func write(to folder: String, eventsPerTransaction: Int) throws -> Double {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let environment = try Environment(
      EnvironmentOptions(folder: folder, mapBytes: 64 << 30, databaseCountMax: 16))
    let databases = try environment.write { transaction in
      try rows.keys.map { name in
        (name, try transaction.createDatabase(name, keys: Self.byInteger.contains(name) ? .integers : .bytes))
      }
    }
    let count = rows["items"]?.count ?? 0
    return try Stopwatch.seconds {
      for first in stride(from: 0, to: count, by: eventsPerTransaction) {
        try environment.write { transaction in
          for (name, database) in databases {
            let all = rows[name] ?? []
            let batch = Self.always.contains(name) ? all[...] : all[first..<min(first + eventsPerTransaction, count)]
            let placement: WriteTransaction.Placement = Self.byInteger.contains(name) ? .atEnd : .anywhere
            for row in batch { try transaction.put(row.key.span, row.value.span, in: database, placement) }
          }
        }
      }
    }
  }

  private static func rows(of database: Database, _ transaction: Transaction) throws -> [Row] {
    try transaction.withCursor(over: database) { cursor in
      var rows: [Row] = []
      while let row = try cursor.move(.next, { (key: bytes($0), value: bytes($1)) }) { rows.append(row) }
      return rows
    }
  }

  private static func bytes(_ span: RawSpan) -> [UInt8] {
    // SAFETY: the bytes of a row, which LMDB keeps in place during the call.
    unsafe span.withUnsafeBytes { unsafe Array($0) }
  }
}
