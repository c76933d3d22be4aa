// Owns the handle of one named database inside an environment.

import CLMDB

/// A named database: an ordered map from keys to values. Valid as long as its environment.
public struct Database: Sendable {
  /// How keys are ordered.
  public enum KeyOrder: Sendable {
    /// By bytes.
    case bytes
    /// By value of native 64-bit integers (`MDB_INTEGERKEY`).
    case integers

    var flags: UInt32 { self == .integers ? UInt32(MDB_INTEGERKEY) : 0 }
  }

  /// The database's name, for messages.
  public let name: String
  let handle: MDB_dbi
}

/// The size of a database.
public struct DatabaseStatistics: Sendable, Hashable {
  /// Rows.
  public let rowCount: Int
  /// Bytes of the pages in use, without what is free inside them.
  public let byteCount: Int
}
