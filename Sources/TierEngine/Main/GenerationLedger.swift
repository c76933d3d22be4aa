// Owns the records of generations in the store. Invariant: at most one record is `promoted`, and it has the highest
// number of those that ever served.

/// Reads and writes generation records in one transaction.
struct GenerationLedger {
  /// Rejected records kept, for looking up why.
  static let rejectedKept = 10

  private let writer: any StoreWriting

  init(_ writer: any StoreWriting) {
    self.writer = writer
  }

  /// Records `record` as the promoted one, retires the one before, and forgets what goes beyond `kept` generations.
  /// Returns the forgotten ones, whose files may go.
  func promote(_ record: GenerationRecord, kept: Int) throws -> [GenerationRecord] {
    var served = try writer.generations().filter { $0.state != .rejected }.sorted { $0.number > $1.number }
    for index in served.indices where served[index].state == .promoted {
      served[index].state = .retired
      try writer.putGeneration(served[index])
    }
    try writer.putGeneration(record)
    let removed = Array(served.dropFirst(max(0, kept - 1)))
    for old in removed { try writer.removeGeneration(old.number) }
    return removed
  }

  /// Records a rejected candidate and forgets the oldest rejected ones.
  func reject(_ record: GenerationRecord) throws {
    try writer.putGeneration(record)
    let rejected = try writer.generations().filter { $0.state == .rejected }.sorted { $0.number > $1.number }
    for old in rejected.dropFirst(Self.rejectedKept) { try writer.removeGeneration(old.number) }
  }
}
