// Owns the sequence at which each row's vector was set. Invariant: never changes.

import IndexModel

// SAFETY: `values` covers `count` numbers for as long as `self` lives and is never written after `init`.
/// The sequence of each row, in memory of its own or in a mapping.
@safe public final class RowSequences: @unchecked Sendable {
  /// Rows.
  public let count: Int
  private let values: UnsafePointer<UInt64>
  private let owner: AnyObject?

  /// Copies `values`.
  public init(_ values: [UInt64]) {
    count = values.count
    owner = nil
    let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, values.count))
    for (row, value) in values.enumerated() { unsafe copy[row] = value }
    unsafe self.values = UnsafePointer(copy)
  }

  /// Takes `count` native numbers, 8-byte-aligned, that `owner` keeps mapped.
  public init(mapped: UnsafeRawPointer, count: Int, owner: AnyObject) {
    precondition(count >= 0, "no negative number of rows")
    precondition(Int(bitPattern: mapped) % 8 == 0, "sequences are 8-byte-aligned")
    self.count = count
    self.owner = owner
    unsafe values = mapped.assumingMemoryBound(to: UInt64.self)
  }

  deinit {
    if owner == nil { unsafe values.deallocate() }
  }

  /// The sequence at `row`.
  public subscript(row: Int) -> SequenceNumber {
    precondition(row >= 0 && row < count, "row out of range")
    return unsafe SequenceNumber(rawValue: values[row])
  }
}
