// Owns the decision which of two events of one item is newer. Invariant 5: newest wins, in one version domain, and
// replays converge to the same state.

import IndexModel

/// The version fence.
enum Fence {
  /// What the store knows of an item, alive or deleted.
  struct Known: Equatable {
    var version: UInt64?
    var position: EventPosition
    var time: EventTime
  }

  /// What becomes of an event.
  enum Verdict: Equatable {
    /// It is newer; the item's version becomes this one.
    case apply(version: UInt64?)
    /// Something newer, or the event itself, was applied before.
    case stale
  }

  /// Judges `event` against what is known of its item.
  static func judge(_ event: ItemEvent, against known: Known?, domain: VersionDomain) -> Verdict {
    guard let known else { return .apply(version: domain == .field ? event.version : nil) }
    switch domain {
    case .log:
      return isLater(event, than: known) ? .apply(version: nil) : .stale
    case .field:
      // An event without a version inherits the stored one and wins by later position.
      let version = event.version ?? known.version
      switch (version, known.version) {
      case (let version?, let knownVersion?) where version != knownVersion:
        return version > knownVersion ? .apply(version: version) : .stale
      case (.some, nil):
        return .apply(version: version)
      default:
        return isLater(event, than: known) ? .apply(version: version) : .stale
      }
    }
  }

  /// Within a partition the offset decides; but a record that was written later at a lower offset is later too: the log
  /// lost its tail, and is written anew from there. Across partitions (a topic that grew re-maps its keys) the record's
  /// time decides, then the partition's name, so that any two readers decide alike.
  private static func isLater(_ event: ItemEvent, than known: Known) -> Bool {
    if event.position.partition == known.position.partition {
      return event.position.offset > known.position.offset
        || (event.position.offset < known.position.offset && event.time > known.time)
    }
    if event.time != known.time { return event.time > known.time }
    return event.position.partition > known.position.partition
  }
}

extension Fence.Known {
  init(_ item: StoredItem) {
    self.init(version: item.version, position: item.position, time: item.time)
  }

  init(_ tombstone: Tombstone) {
    self.init(version: tombstone.version, position: tombstone.position, time: tombstone.time)
  }
}
