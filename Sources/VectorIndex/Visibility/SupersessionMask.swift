// Owns the `supersededBy` sequence of each row. Invariant: write-once: a row's first mark stays.

import IndexModel
import Synchronization

// SAFETY: `marks` covers `rowCount` atomics for as long as `self` lives and is shared only through atomic access.
/// Which rows a later mutation changed or deleted, and at which sequence. One writer, many readers, no locks.
@safe public final class SupersessionMask: @unchecked Sendable {
  private let marks: UnsafeMutablePointer<Atomic<UInt64>>
  private let rowCount: Int
  private let marked = Atomic<Int>(0)

  /// A mask in which no row is superseded.
  public init(rowCount: Int) {
    precondition(rowCount >= 0, "a mask has no negative number of rows")
    self.rowCount = rowCount
    unsafe marks = .allocate(capacity: max(1, rowCount))
    for row in 0..<rowCount { unsafe (marks + row).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe marks.deinitialize(count: rowCount)
    unsafe marks.deallocate()
  }

  /// Marks `row` as superseded by the mutation at `sequence` (above zero). A row that is marked stays as it is.
  /// Writer only. Readers see the mark once they have seen the searchable sequence that is published after it.
  public func mark(_ row: Int, by sequence: SequenceNumber) {
    precondition(row >= 0 && row < rowCount, "row out of range")
    precondition(sequence > .zero, "a mutation's sequence is above zero")
    guard unsafe marks[row].load(ordering: .relaxed) == 0 else { return }
    unsafe marks[row].store(sequence.rawValue, ordering: .releasing)
    marked.add(1, ordering: .relaxed)
  }

  /// The sequence that superseded `row`, if any. Any thread.
  public func supersededBy(_ row: Int) -> SequenceNumber? {
    precondition(row >= 0 && row < rowCount, "row out of range")
    let mark = unsafe marks[row].load(ordering: .relaxed)
    return mark == 0 ? nil : SequenceNumber(rawValue: mark)
  }

  /// Rows marked so far. Any thread.
  public var markedCount: Int { marked.load(ordering: .relaxed) }

  /// Whether `row` is still current as of `ceiling`.
  @inline(__always)
  func isCurrent(_ row: Int, at ceiling: UInt64) -> Bool {
    // Wrapping turns "not marked" (0) into the greatest number.
    let mark = unsafe marks[row].load(ordering: .relaxed)
    return mark &- 1 >= ceiling
  }
}
