// Owns the rule of visibility. Invariant: floor < sequence ≤ ceiling < supersededBy, in every tier.

import IndexModel

/// What one search may see of a tier's rows.
public struct RowVisibility: Sendable {
  private let sequences: RowSequences
  private let mask: SupersessionMask
  private let floor: SequenceNumber
  private let ceiling: SequenceNumber

  /// Shows the rows set after `floor` and up to `ceiling` that nothing up to `ceiling` superseded.
  public init(sequences: RowSequences, mask: SupersessionMask, floor: SequenceNumber, ceiling: SequenceNumber) {
    self.sequences = sequences
    self.mask = mask
    self.floor = floor
    self.ceiling = ceiling
  }

  /// Whether the search sees `row`.
  @inline(__always)
  public func isVisible(_ row: Int) -> Bool {
    let sequence = sequences[row]
    return floor < sequence && sequence <= ceiling && mask.isCurrent(row, at: ceiling.rawValue)
  }
}
