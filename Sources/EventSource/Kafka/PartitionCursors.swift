// Owns how far each partition was delivered. Invariant: within a partition offsets only rise; a record that was
// delivered is never delivered again.

import IndexModel
import TierEngine

/// The owned partitions and their places.
struct PartitionCursors {
  private struct Cursor {
    var nextOffset: Int64
    /// The last delivered record, or what the store remembered of the last applied one.
    var last: Last
    /// Whether the place is before the stored one, so that the next record takes the store's position back.
    var wentBack = false
  }

  private enum Last {
    case none
    case stored(offset: Int64, hash: UInt64)
    case delivered(SourceRecord)
  }

  private var cursors: [SourcePartition: Cursor] = [:]

  /// The owned partitions.
  var partitions: Set<SourcePartition> { Set(cursors.keys) }

  /// Where each partition is read next.
  var nextOffsets: [SourcePartition: Int64] { cursors.mapValues(\.nextOffset) }

  /// The places in the form in which a store remembers them; hashes one record a partition.
  var positions: [SourcePartition: StoredPosition] {
    cursors.mapValues { cursor in
      switch cursor.last {
      case .none:
        StoredPosition(nextOffset: cursor.nextOffset, lastOffset: nil, lastRecordHash: 0)
      case .stored(let offset, let hash):
        StoredPosition(nextOffset: cursor.nextOffset, lastOffset: offset, lastRecordHash: hash)
      case .delivered(let record):
        StoredPosition(
          nextOffset: cursor.nextOffset, lastOffset: record.position.offset, lastRecordHash: record.contentHash)
      }
    }
  }

  /// Owns `partition` from `nextOffset` on. What is remembered of its last record holds where the place is the one
  /// that was stored, and is forgotten where it moved.
  mutating func place(_ partition: SourcePartition, at nextOffset: Int64, stored: StoredPosition?) {
    if let stored, stored.nextOffset == nextOffset, let lastOffset = stored.lastOffset {
      cursors[partition] = Cursor(
        nextOffset: nextOffset, last: .stored(offset: lastOffset, hash: stored.lastRecordHash))
    } else {
      // An outage before the first record places the partition again: it went back all the same.
      let wentBack = cursors[partition]?.wentBack == true || stored.map { nextOffset < $0.nextOffset } ?? false
      cursors[partition] = Cursor(nextOffset: nextOffset, last: .none, wentBack: wentBack)
    }
  }

  /// The record to deliver where `record` is new, and then moves the partition's place past it.
  mutating func accept(_ record: SourceRecord) -> SourceRecord? {
    guard let cursor = cursors[record.position.partition], record.position.offset >= cursor.nextOffset else {
      return nil
    }
    cursors[record.position.partition] = Cursor(nextOffset: record.nextOffset, last: .delivered(record))
    var delivered = record
    delivered.followsReset = cursor.wentBack
    return delivered
  }
}
