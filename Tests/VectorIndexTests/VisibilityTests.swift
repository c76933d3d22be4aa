// Owns the promises about which rows a search sees.

import IndexModel
import Testing
import VectorIndex

@Suite("Visibility")
struct VisibilityTests {
  @Test("A row is visible exactly while floor < sequence ≤ ceiling < supersededBy")
  func followsTheRule() {
    for sequence in UInt64(1)...5 {
      for superseded in [nil] + (sequence + 1...7).map(Optional.some) {
        for floor in UInt64(0)...6 {
          for ceiling in UInt64(0)...8 {
            let mask = SupersessionMask(rowCount: 1)
            if let superseded { mask.mark(0, by: SequenceNumber(rawValue: superseded)) }
            let visibility = RowVisibility(
              sequences: RowSequences([sequence]), mask: mask, floor: SequenceNumber(rawValue: floor),
              ceiling: SequenceNumber(rawValue: ceiling))
            let expected = floor < sequence && sequence <= ceiling && ceiling < superseded ?? .max
            #expect(
              visibility.isVisible(0) == expected,
              "sequence \(sequence), superseded by \(String(describing: superseded)), \(floor)...\(ceiling)")
          }
        }
      }
    }
  }

  @Test("The first mark of a row stays")
  func firstMarkStays() {
    let mask = SupersessionMask(rowCount: 3)
    #expect(mask.supersededBy(1) == nil)
    mask.mark(1, by: SequenceNumber(rawValue: 9))
    mask.mark(1, by: SequenceNumber(rawValue: 4))
    #expect(mask.supersededBy(1) == SequenceNumber(rawValue: 9))
    #expect(mask.markedCount == 1)
    #expect(mask.supersededBy(0) == nil && mask.supersededBy(2) == nil)
  }

  @Test("Sequences come back as they were given")
  func sequencesComeBack() {
    let sequences = RowSequences([3, .max, 1])
    #expect(sequences.count == 3)
    #expect((0..<3).map { sequences[$0].rawValue } == [3, .max, 1])
  }
}
