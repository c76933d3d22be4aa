// Owns what a store must hold after a prefix of its log: a plain dictionary, line by line. Invariant: it only ever
// goes forward, as a store must.

import IndexModel
import TierEngine

/// The items, deletes and counts that a prefix of a log makes.
struct PrefixOracle {
  struct Item {
    var sequence: UInt64
    var version: UInt64?
    var offset: Int64
    var vector: [Float]
    var colour: Int64
  }
  struct Deleted {
    var sequence: UInt64
    var version: UInt64?
  }

  private(set) var items: [ItemID: Item] = [:]
  private(set) var deleted: [ItemID: Deleted] = [:]
  private(set) var lastSequence: UInt64 = 0
  private(set) var parkedCount = 0
  private(set) var lineCount = 0
  private(set) var position: Int64 = 0

  /// Applies the lines up to `position`. Returns whether a prefix of the log ends there, not before the last one.
  mutating func advance(to position: Int64, of log: ChangeLog) -> Bool {
    while self.position < position, lineCount < log.changes.count {
      apply(log.changes[lineCount])
      self.position = log.changes[lineCount].nextOffset
      lineCount += 1
    }
    return self.position == position
  }

  /// Invariant 5: an older version is dropped, a line without one inherits; else the later line wins.
  private mutating func apply(_ change: LoggedChange) {
    let known = items[change.id]?.version ?? deleted[change.id]?.version
    if case .poison = change.kind {
      parkedCount += 1
      return
    }
    if let known, let version = change.version, version < known { return }
    lastSequence += 1
    let version = change.version ?? known
    switch change.kind {
    case .upsert(let vector, let colour):
      deleted[change.id] = nil
      items[change.id] = Item(
        sequence: lastSequence, version: version, offset: change.offset, vector: vector, colour: colour)
    case .delete:
      items[change.id] = nil
      deleted[change.id] = Deleted(sequence: lastSequence, version: version)
    case .poison: break
    }
  }

  /// In what a store differs from this, in words; nothing where it is the same.
  func differences(from store: any StoreReading) throws -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(_ name: String, _ value: Value, _ expected: Value) {
      if value != expected { found.append("\(name) is \(value), not \(expected)") }
    }
    compare("last sequence", try store.lastSequence().rawValue, lastSequence)
    compare("items", try store.counts().items, items.count)
    compare("tombstones", try store.counts().tombstones, deleted.count)
    compare("dead letters", try store.deadLetterCount(), parkedCount)
    for id in ChangeLog.ids {
      let stored = try store.item(id)
      let expected = items[id]
      compare("\(id)'s sequence", stored?.sequence.rawValue, expected?.sequence)
      compare("\(id)'s version", stored?.version, expected?.version)
      compare("\(id)'s offset", stored?.position.offset, expected?.offset)
      compare("\(id)'s colour", stored?.attributes["colour"], expected.map { .integer($0.colour) })
      compare("\(id)'s tombstone", try store.tombstone(id)?.sequence.rawValue, deleted[id]?.sequence)
      compare("\(id)'s tombstone's version", try store.tombstone(id)?.version, deleted[id]?.version)
      guard let stored, let expected else { continue }
      let vector = try store.vector(stored.vectorSequence) ?? []
      let distance = zip(vector, expected.vector).map { abs($0 - $1) }.max() ?? 1
      compare("\(id)'s vector", vector.count == ChangeLog.dimension && distance < 1e-6, true)
    }
    return found
  }
}
