// Owns the order in which dead letters are listed. Invariant: within a partition the log's order, between partitions
// the older record first, whatever the partitions' names.

import IndexModel
import LMDB
import TierEngine

/// Merges the partitions' dead letters by age. Reads one letter a partition and one more for each listed.
struct DeadLetterMerge {
  let table: Table
  let transaction: Transaction
  private var heads: [DeadLetter] = []

  init(table: Table, transaction: Transaction) {
    self.table = table
    self.transaction = transaction
  }

  /// The oldest letters, at most `limit`.
  mutating func oldest(_ limit: Int) throws -> [DeadLetter] {
    try readHeads()
    var letters: [DeadLetter] = []
    while letters.count < limit, let index = heads.indices.min(by: { isOlder(heads[$0], heads[$1]) }) {
      let letter = heads[index]
      letters.append(letter)
      let following = try self.letter(after: letter.position)
      if let following, following.position.partition == letter.position.partition {
        heads[index] = following
      } else {
        heads.remove(at: index)
      }
    }
    return letters
  }

  private mutating func readHeads() throws {
    heads = []
    var head = try letter(from: [])
    while let found = head {
      heads.append(found)
      head = try letter(after: EventPosition(partition: found.position.partition, offset: .max))
    }
  }

  private func isOlder(_ left: DeadLetter, _ right: DeadLetter) -> Bool {
    (left.time, left.position.partition) < (right.time, right.position.partition)
  }

  private func letter(after position: EventPosition) throws -> DeadLetter? {
    // The least key that is greater: the same one with a zero behind it.
    try letter(from: Keys.key(position) + [0])
  }

  private func letter(from key: [UInt8]) throws -> DeadLetter? {
    try translated(in: table.folder) {
      try transaction.withCursor(over: table.database) { cursor in
        func decode(_ key: RawSpan, _ value: RawSpan) throws -> DeadLetter {
          try table.verified(key, value) { try DeadLetterCodec.decode(key: key, value) }
        }
        return key.isEmpty ? try cursor.move(.first, decode) : try cursor.seek(key.span, decode)
      }
    }
  }
}
