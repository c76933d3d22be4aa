// Owns what can go wrong inside LMDB. Invariant: a raw return code never leaves this room without its meaning.

import CLMDB
import Glibc

/// A failure of LMDB or of the system below it.
public struct LMDBError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: String, Sendable, Hashable {
    /// The reserved map has no page left.
    case mapFull
    /// The file system has no room left.
    case diskFull
    /// A page or a header is not what LMDB wrote, or a part of the file is missing.
    case corrupted
    /// The file was written by an LMDB with another file format.
    case versionMismatch
    /// The named database is not in the environment.
    case databaseMissing
    /// An append came with a key that is not the greatest.
    case keyOutOfOrder
    /// A key is empty or longer than `Environment.keyByteCountMax`.
    case keySize
    /// Every slot for readers is taken.
    case readersFull
    /// This process has the environment open already.
    case alreadyOpen
    /// An earlier failure left the environment unusable until it is opened again.
    case unusable
    /// The operating system refused.
    case system
  }

  /// What went wrong.
  public let code: Code
  /// LMDB's number (negative) or the system's (`errno`), 0 where there is none.
  public let rawCode: Int32
  /// What was being done, and to what.
  public let context: String

  /// Describes a failure.
  public init(code: Code, rawCode: Int32 = 0, context: String) {
    self.code = code
    self.rawCode = rawCode
    self.context = context
  }

  /// Gives a return code its meaning.
  init(rawCode: Int32, context: String) {
    self.init(code: Self.code(of: rawCode), rawCode: rawCode, context: context)
  }

  /// What was being done, and LMDB's own words for the failure.
  public var description: String {
    guard rawCode != 0 else { return "\(context): \(code.rawValue)" }
    // SAFETY: mdb_strerror returns a string that is never freed.
    return unsafe "\(context): \(String(cString: mdb_strerror(rawCode)))"
  }

  private static func code(of rawCode: Int32) -> Code {
    switch rawCode {
    case MDB_MAP_FULL: .mapFull
    case ENOSPC, EDQUOT: .diskFull
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INVALID: .corrupted
    case MDB_VERSION_MISMATCH: .versionMismatch
    case MDB_NOTFOUND: .databaseMissing
    case MDB_KEYEXIST: .keyOutOfOrder
    case MDB_BAD_VALSIZE: .keySize
    case MDB_READERS_FULL: .readersFull
    case MDB_PANIC: .unusable
    default: .system
    }
  }
}

/// Throws what `rawCode` means, unless it means success.
func check(_ rawCode: Int32, _ context: @autoclosure () -> String) throws {
  guard rawCode == MDB_SUCCESS else { throw LMDBError(rawCode: rawCode, context: context()) }
}
