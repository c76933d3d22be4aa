// Owns the store's validity checker. Invariant: it trusts no row; every rule that the writer keeps is checked against
// the rows themselves, in one snapshot.

import IndexModel
import LMDB
import TierEngine

/// Checks a whole store.
public struct StoreInspection {
  /// What an inspection found.
  public struct Report: Sendable {
    /// Live items and tombstones.
    public var counts = StoreCounts(items: 0, tombstones: 0)
    /// Live vectors.
    public var vectorCount = 0
    /// Parked records.
    public var deadLetterCount = 0
    /// The newest sequence.
    public var lastSequence = SequenceNumber.zero
    /// Every partition's position.
    public var positions: [SourcePartition: StoredPosition] = [:]
    /// Every kept generation, oldest first.
    public var generations: [GenerationRecord] = []
    /// Sizes in the order of the layout.
    public var databases: [DatabaseSize] = []
    /// The data file's pages ever used, in bytes, free ones among them.
    public var usedByteCount = 0
    /// The address space reserved, in bytes.
    public var mapByteCount = 0
    /// The first broken rules found, at most `violationCountMax`.
    public var violations: [Violation] = []
    /// How many broken rules were found in all.
    public var violationCount = 0

    /// Whether every rule holds.
    public var isValid: Bool { violationCount == 0 }
  }

  /// The size of one database.
  public struct DatabaseSize: Sendable, Hashable {
    /// The database.
    public let name: String
    /// Its rows.
    public let rowCount: Int
    /// Its pages in use, in bytes.
    public let byteCount: Int
  }

  /// One broken rule.
  public struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// The database whose row breaks the rule.
    public let database: String
    /// The row's key, for people.
    public let key: String
    /// The rule.
    public let rule: Rule
    /// What was found.
    public let problem: String

    /// `database/key: rule: problem`.
    public var description: String { "\(database)/\(key): \(rule.rawValue): \(problem)" }
  }

  /// The rules of a valid store.
  public enum Rule: String, Sendable, Hashable, CaseIterable {
    /// Every value has its checksum and its codec's form.
    case readable
    /// Every item's vector exists, under the item's vector sequence, with the item's id.
    case itemHasVector = "item-has-vector"
    /// Every vector belongs to an item that names it.
    case vectorHasItem = "vector-has-item"
    /// Every component is finite.
    case vectorIsFinite = "vector-is-finite"
    /// Every item and every tombstone has its row in `changes`, at its sequence and of its kind.
    case rowHasChange = "row-has-change"
    /// Every row of `changes` is the newest of its id.
    case changeIsNewest = "change-is-newest"
    /// No id is both item and tombstone.
    case itemOrTombstone = "item-or-tombstone"
    /// Every kept text belongs to an item.
    case textHasItem = "text-has-item"
    /// No sequence is greater than the newest one given.
    case sequenceWasGiven = "sequence-was-given"
    /// A position's last record stands before its next offset.
    case positionIsOrdered = "position-is-ordered"
  }

  /// How many violations a report lists.
  public static let violationCountMax = 1000

  /// Reads every row of `store` in one read transaction. Pages that writers free meanwhile are not used again before
  /// it ends: about 1 µs a KiB stored. Throws `StoreError` where a page, rather than a value, cannot be read.
  public static func run(_ store: LMDBItemStore) throws -> Report {
    try store.withEnvironment { environment in
      let information = try environment.information()
      return try environment.read { transaction in
        let snapshot = InspectedSnapshot(transaction, store.tables, dimension: store.metadata.model.dimension)
        var report = try snapshot.inspect()
        report.usedByteCount = information.usedBytes
        report.mapByteCount = information.mapBytes
        return report
      }
    }
  }
}
