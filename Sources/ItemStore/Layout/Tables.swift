// Owns the store's databases as opened. Invariant: all of them exist from the store's first transaction on.

import LMDB
import TierEngine

/// Every database of an open store.
final class Tables: Sendable {
  let items, changes, vectors, contents, tombstones, positions, generations, deadLetters, meta: Table

  private init(_ databases: [TableName: Database], folder: String) throws {
    func table(_ name: TableName) throws -> Table {
      guard let database = databases[name] else {
        throw StoreError(code: .corrupt, message: "the store in \(folder) lacks its database \(name.rawValue)")
      }
      return Table(name: name, database: database, folder: folder)
    }
    items = try table(.items)
    changes = try table(.changes)
    vectors = try table(.vectors)
    contents = try table(.contents)
    tombstones = try table(.tombstones)
    positions = try table(.positions)
    generations = try table(.generations)
    deadLetters = try table(.deadLetters)
    meta = try table(.meta)
  }

  /// Every database, in the order of their names in the layout.
  var all: [Table] {
    [items, changes, vectors, contents, tombstones, positions, generations, deadLetters, meta]
  }

  /// Creates the databases of a new store, and what `body` writes, in one transaction.
  static func create(
    in environment: Environment, folder: String, _ body: (Tables, WriteTransaction) throws -> Void
  ) throws -> Tables {
    try environment.write { transaction in
      var databases: [TableName: Database] = [:]
      for name in TableName.allCases {
        databases[name] = try transaction.createDatabase(name.rawValue, keys: name.keyOrder)
      }
      let tables = try Tables(databases, folder: folder)
      try body(tables, transaction)
      return tables
    }
  }

  /// Opens the databases of a store that exists.
  static func open(in environment: Environment, folder: String) throws -> Tables {
    let opened = try environment.openDatabases(TableName.allCases.map { ($0.rawValue, $0.keyOrder) })
    return try Tables(
      Dictionary(uniqueKeysWithValues: zip(TableName.allCases, opened)), folder: folder)
  }
}
