// Owns the plan of the live stream. Invariant: the same catalogue and seed give the same changes in the same order, and
// no item is changed after it was deleted.

import IndexModel

/// An endless series of changes: of ten, about six are new packages while there are any, three changes, one a delete.
struct ChangePlan: Sequence, IteratorProtocol {
  private var random: SplitMix64
  private var waiting: [CatalogueItem]
  private var present: [CatalogueItem]

  /// Plans changes to `part`.
  init(_ part: CataloguePart, seed: UInt64) {
    random = SplitMix64(seed: seed)
    waiting = part.heldBack.reversed()
    present = part.changeable
  }

  /// The next change; `nil` only where no item is left.
  mutating func next() -> CatalogueChange? {
    let choice = Int.random(in: 0..<10, using: &random)
    if choice < 6, let item = waiting.popLast() {
      present.append(item)
      return .added(item)
    }
    guard let place = present.indices.randomElement(using: &random) else { return nil }
    present.swapAt(place, present.count - 1)
    if choice == 9 { return .deleted(id: present.removeLast().id) }
    let changed = Self.revised(present[present.count - 1])
    present[present.count - 1] = changed
    return .changed(changed)
  }

  /// The item with the next revision of its version, and a description that tells of it.
  private static func revised(_ item: CatalogueItem) -> CatalogueItem {
    var revised = item
    revised.attributes.version += "+1"
    revised.description = "New in version \(revised.attributes.version).\n" + item.description
    return revised
  }
}
