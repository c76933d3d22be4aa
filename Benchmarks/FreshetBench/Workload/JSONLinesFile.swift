// Owns events as a JSON-lines file. Invariant: the file is on disk before its position is told.

import Foundation
import Freshet

/// Events as a JSON-lines file.
enum JSONLinesFile {
  /// Writes the first `count` events, each of an item of its own, and returns the position after the last one.
  static func write(_ events: EventSeries, count: Int, to path: String) throws -> SourcePositions {
    try Data().write(to: URL(fileURLWithPath: path))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var pending = Data()
    var length: Int64 = 0
    for number in 0..<count {
      pending.append(contentsOf: events.event(number, item: number, .vector).line)
      pending.append(UInt8(ascii: "\n"))
      if pending.count > 1 << 20 || number == count - 1 {
        try file.write(contentsOf: pending)
        length += Int64(pending.count)
        pending.removeAll(keepingCapacity: true)
      }
    }
    try file.synchronize()
    try file.close()
    let name = URL(fileURLWithPath: path).lastPathComponent
    return SourcePositions([SourcePartition(topic: name, partition: 0): length])
  }
}
