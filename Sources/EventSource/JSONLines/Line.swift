// Owns one line of a log and its two forms outside of it: the record, and the place after it.

import IndexModel
import TierEngine

/// One line of a log, without its newline.
struct Line: Equatable {
  /// The byte at which it starts.
  var offset: Int64
  /// The byte after its newline.
  var nextOffset: Int64
  /// Its bytes; of a line that is too long the first `lineBytesMax + 1`, so that its length still shows.
  var bytes: [UInt8]

  /// The line as a record without a key.
  func record(of partition: SourcePartition, time: EventTime) -> SourceRecord {
    SourceRecord(
      position: EventPosition(partition: partition, offset: offset), nextOffset: nextOffset, time: time, key: nil,
      value: bytes)
  }

  /// The position of a reader whose last record is this line.
  func storedPosition(in partition: SourcePartition) -> StoredPosition {
    let record = record(of: partition, time: EventTime(millisecondsSince1970: 0))
    return StoredPosition(nextOffset: nextOffset, lastOffset: offset, lastRecordHash: record.contentHash)
  }
}
