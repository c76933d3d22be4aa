// Owns the division of the catalogue: what is loaded first, what is held back to arrive live, and the few items that
// only the checks change.

import IndexModel

/// The catalogue in parts, each in a seeded order.
struct CataloguePart: Sendable {
  /// Items whose fate the checks follow; the live stream leaves them alone.
  struct Witnesses: Sendable {
    /// Held back.
    var added: CatalogueItem
    /// Loaded.
    var changed: CatalogueItem
    /// Loaded.
    var deleted: CatalogueItem
  }

  /// Loaded as fast as it goes, witnesses included.
  let first: [CatalogueItem]
  /// Loaded, and the live stream may change it.
  let changeable: [CatalogueItem]
  /// Held back, to appear one by one in the live stream.
  let heldBack: [CatalogueItem]
  /// What the checks change.
  let witnesses: Witnesses

  /// Holds back 2,000 items, or a tenth of a small catalogue. Throws `CatalogueError` where there are too few to
  /// divide.
  init(_ catalogue: Catalogue, seed: UInt64) throws(CatalogueError) {
    var random = SplitMix64(seed: seed)
    var rest = catalogue.items.shuffled(using: &random)
    // A long text of its own can be found again among packages that share a title.
    let chosen = rest.indices.filter { rest[$0].description.count >= 200 }.suffix(3)
    guard chosen.count == 3, rest.count >= 100 else { throw .tooFewPackages(rest.count) }
    let picked = chosen.reversed().map { rest.remove(at: $0) }
    witnesses = Witnesses(added: picked[0], changed: picked[1], deleted: picked[2])
    let heldBackCount = min(2000, rest.count / 10)
    heldBack = Array(rest.prefix(heldBackCount))
    changeable = Array(rest.dropFirst(heldBackCount))
    first = changeable + [witnesses.changed, witnesses.deleted]
  }
}
